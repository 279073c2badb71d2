// Whether words have room: nothing runs off, is cut off, or lies on something else.
"use strict";

globalThis.measure ??= {};

(() => {
  const { all, style, isSvg, isHiddenFromSight, texts, called, seenWords } = measure;
  const { lines, pressable, area, edge, rgba } = measure;

  const sideways = () => {
    const root = document.documentElement;
    const more = root.scrollWidth - root.clientWidth;
    return more > 0 ? [`the page is ${more} px wider than the window`] : [];
  };

  // Words that stick out of the window, or of a box with an edge or a ground of its own.
  const stickingOut = () => [...texts()].flatMap(node => {
    const boxes = lines(node);
    if (!boxes.length || isSvg(node.parentElement)) return [];
    const left = Math.min(...boxes.map(box => box.left));
    const right = Math.max(...boxes.map(box => box.right));
    const top = Math.min(...boxes.map(box => box.top));
    const bottom = Math.max(...boxes.map(box => box.bottom));
    const out = box =>
      left < box.left - 1 || right > box.right + 1 || top < box.top - 4 || bottom > box.bottom + 4;
    const window_ = { left: 0, right: innerWidth, top: -1e9, bottom: 1e9 };
    if (out(window_)) return [`${called(node.parentElement)} sticks out of the window`];
    for (let at = node.parentElement; at; at = at.parentElement) {
      const bounded = style(at).display !== "inline" && (edge(at) || rgba(style(at).backgroundColor)[3]);
      if (bounded && out(at.getBoundingClientRect())) {
        return [`${called(node.parentElement)} sticks out of ${called(at)}`];
      }
    }
    return [];
  });

  const cutOff = () => all("*").filter(e => {
    const s = style(e);
    if (isSvg(e) || e.matches("input, textarea") || isHiddenFromSight(e)) return false;
    if (s.overflowX === "visible" && s.overflowY === "visible") return false;
    return e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
  }).map(e => `${called(e)} is cut off or scrolls`);

  const overlapping = () => {
    const boxes = [...texts()].flatMap(node => lines(node).map(box => {
      const spare = box.height * 0.2; // the empty room above and below the letters
      const [top, bottom] = [box.top + spare, box.bottom - spare];
      return { node, left: box.left + 1, right: box.right - 1, top, bottom };
    })).sort((a, b) => a.top - b.top);
    const found = [];
    boxes.forEach((a, i) => {
      for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
        const b = boxes[j];
        if (a.left < b.right && b.left < a.right && a.node !== b.node) {
          found.push(`${called(a.node.parentElement)} lies on ${called(b.node.parentElement)}`);
        }
      }
    });
    return found;
  };

  // A link in a sentence has the sentence's own height: WCAG 2.5.5 leaves it out.
  const isInSentence = e => {
    if (!e.matches("a") || !/^inline/.test(style(e).display)) return false;
    let block = e.parentElement;
    while (/^inline/.test(style(block).display)) block = block.parentElement;
    const links = all("a", block).map(seenWords).join("");
    return seenWords(block).replace(/\s/g, "").length > links.replace(/\s/g, "").length;
  };

  const targets = () => pressable().filter(e => !isInSentence(e)).map(e => {
    const box = area(e);
    return [Math.round(Math.min(box.width, box.height) * 10) / 10, called(e)];
  });

  const targetsInEachOther = () => {
    const boxes = [...new Map(pressable().filter(e => !isInSentence(e)).map(e => [area(e), e]))]
      .map(([box, e]) => ({ box, e })).sort((a, b) => a.box.top - b.box.top);
    const found = [];
    boxes.forEach((a, i) => {
      for (let j = i + 1; j < boxes.length && boxes[j].box.top < a.box.bottom - 1; j++) {
        const b = boxes[j];
        if (a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1) {
          found.push(`${called(a.e)} lies on ${called(b.e)}`);
        }
      }
    });
    return found;
  };

  Object.assign(measure, {
    sideways, stickingOut, cutOff, overlapping, targets, targetsInEachOther,
  });
})();
