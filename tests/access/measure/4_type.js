// Whether letters are easy to read and stay where they are.
"use strict";

globalThis.measure ??= {};

(() => {
  const { all, style, isSvg, isHiddenFromSight, texts, called, seenWords, lines } = measure;

  const smallText = least => [...texts()].filter(node => {
    const e = node.parentElement;
    const drawn = isSvg(e) ? e.getScreenCTM().a : 1;
    return parseFloat(style(e).fontSize) * drawn < least;
  }).map(node => `${called(node.parentElement)} is ${style(node.parentElement).fontSize}`);

  const hardType = () => [...texts()].flatMap(node => {
    const e = node.parentElement;
    const s = style(e);
    const faults = [];
    if (s.fontStyle !== "normal") faults.push("slants");
    if (s.textTransform !== "none" || s.fontVariantCaps !== "normal") faults.push("is put in capitals");
    if (s.textAlign === "justify") faults.push("is stretched to both edges");
    const isUnderlined = s.textDecorationLine.includes("underline");
    if (isUnderlined && !e.closest("a, button")) faults.push("is underlined and no link");
    const isClose = parseFloat(s.lineHeight) < 1.49 * parseFloat(s.fontSize);
    if (e.matches("p, li, dd") && isClose) faults.push("has lines too close");
    return faults.map(fault => `${called(e)} ${fault}`);
  });

  const longLines = most => all("p, li, dd").filter(e => !isHiddenFromSight(e)).flatMap(e => {
    const words = seenWords(e);
    const own = [...texts(e)].flatMap(lines);
    const rows = new Set(own.map(box => Math.round(box.top / 8))).size;
    const average = words.length / rows;
    return rows > 2 && average > most ? [`${called(e)}: ${Math.round(average)} a line`] : [];
  });

  const moving = () => all("*").filter(e => {
    const s = style(e);
    return s.animationName !== "none" || /fixed|sticky/.test(s.position);
  }).map(e => `${called(e)} moves, or stays when the page moves`);

  Object.assign(measure, { smallText, hardType, longLines, moving });
})();
