// What a person sees who goes through a page with the Tab key.
"use strict";

globalThis.measure ??= {};

(() => {
  const { style, called, pressable, area, against, behind, all } = measure;

  const ring = e => {
    const bearer = e.closest(".option") ?? e;
    const s = style(bearer);
    const shadow = s.boxShadow.match(/(?:rgba?|color)\([^)]*\)/);
    return {
      width: s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth),
      tones: [s.outlineColor, shadow && shadow[0]].filter(Boolean)
        .map(tone => against(tone, behind(bearer.parentElement))),
    };
  };

  // Enough of it to press is in the window, and nothing lies on that.
  const isCovered = e => {
    const box = area(e);
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (bottom - top < Math.min(box.height, 48) - 1) return true;
    const spots = [[box.left + 3, top + 3], [box.right - 3, bottom - 3]];
    return spots.every(([x, y]) => {
      const found = document.elementFromPoint(x, y);
      const isPartOfIt = found?.closest("label")?.contains(e) || e.contains(found);
      return !found || !(isPartOfIt || found.contains(e));
    });
  };

  const focused = [];
  const watchFocus = () => {
    focused.length = 0;
    document.addEventListener("focusin", ({ target }) => {
      const { width, tones } = ring(target);
      focused.push({ e: target, width, tone: Math.max(...tones), covered: isCovered(target) });
    });
  };
  const focusFaults = () => focused.flatMap(({ e, width, tone, covered }) => {
    const faults = [];
    if (width < 4) faults.push(`has a ring of ${width} px`);
    if (tone < 3) faults.push(`has a ring that stands out ${tone.toFixed(1)} to 1`);
    if (covered) faults.push("is covered");
    return faults.map(fault => `${called(e)} ${fault}`);
  });
  // One stop for a group of radios: those whose name was reached count as reached.
  const stop = e => (e.type === "radio" ? e.name : e);
  const notReached = () => {
    const reached = new Set(focused.map(({ e }) => stop(e)));
    return pressable().filter(e => !reached.has(stop(e))).map(called);
  };
  const outOfOrder = () => {
    const once = [...new Set(focused.map(({ e }) => e))]; // the Tab key begins anew at the end
    const comesAfter = (e, before) =>
      before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING;
    const first = all("a[href], button, input, textarea")[0]; // come to again from the end
    return once.filter((e, i) => i && e !== first && !comesAfter(e, once[i - 1]))
      .map(e => `${called(e)} is reached after what stands below it`);
  };

  // One of each kind of control, for pictures of it with the focus and without.
  const kinds = [];
  const gatherKinds = () => {
    const kind = e => [e.localName, e.type, e.className, e.parentElement.className].join(" ");
    const one = new Map(pressable().reverse().map(e => [kind(e), e]));
    kinds.splice(0, kinds.length, ...one.values());
    return kinds.length;
  };
  const bringToTheMiddle = number => {
    const e = kinds[number];
    e.scrollIntoView({ block: "center" });
    const box = area(e);
    const room = 16;
    return {
      x: Math.max(box.x - room, 0), y: Math.max(box.y - room, 0),
      width: box.width + 2 * room, height: box.height + 2 * room,
      around: 2 * (box.width + box.height), name: called(e),
    };
  };
  const focusOn = number => kinds[number].focus({ focusVisible: true, preventScroll: true });

  Object.assign(measure, {
    gatherKinds, bringToTheMiddle, focusOn, watchFocus, focusFaults, notReached, outOfOrder,
  });
})();
