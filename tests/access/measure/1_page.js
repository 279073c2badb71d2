// What is on a page and can be seen: words, their lines, and what can be pressed.
"use strict";

globalThis.measure ??= {};

(() => {
  const all = (selector, root = document.body) => [...root.querySelectorAll(selector)];
  const style = (e, part = null) => getComputedStyle(e, part);
  const squeezed = text => text.replace(/\s+/g, " ").trim();
  const isSvg = e => e instanceof SVGElement;

  // What was found out about an element since the page last changed.
  let known = new Map();
  const once = (find) => {
    const about = Symbol("about");
    return e => {
      if (!known.has(about)) known.set(about, new Map());
      const found = known.get(about);
      if (!found.has(e)) found.set(e, find(e));
      return found.get(e);
    };
  };
  const afresh = () => {
    known = new Map();
    return measure;
  };

  const isClipped = once(e => {
    if (!e || e === document.body) return false;
    const s = style(e);
    if (s.clipPath === "inset(50%)" || (e.offsetWidth <= 1 && s.overflow === "hidden")) return true;
    return isClipped(e.parentElement);
  });
  const isHiddenFromSight = once(e => {
    if (!e.checkVisibility({ visibilityProperty: true }) || isClipped(e)) return true;
    const box = e.getBoundingClientRect();
    return box.bottom + scrollY <= 0 || box.right + scrollX <= 0; // the skip link waits above
  });

  function* texts(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !isHiddenFromSight(node.parentElement)) yield node;
    }
  }

  const called = e => {
    const name = e.id ? `#${e.id}` : e.classList.length ? `.${e.classList[0]}` : "";
    return `<${e.localName}${name}> '${squeezed(e.textContent || e.value || "").slice(0, 50)}'`;
  };

  const seenWords = e => squeezed([...texts(e)].map(node => node.data).join(""));

  const lines = node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
  };

  const pressable = () => all("a[href], button, input:not([type=hidden]), textarea, select, summary")
    .filter(e => !isHiddenFromSight(e));
  const area = e => (e.matches("[type=radio], [type=checkbox]") ? e.closest("label") ?? e.labels[0] ?? e : e)
    .getBoundingClientRect();

  // Words of one class, in a part of one class, have one colour.
  const oneOfEachKindOfWords = () => {
    const kind = e => [e, e.parentElement, e.parentElement.parentElement]
      .map(at => `${at.localName}.${at.className}`).join(" ");
    const words = [...texts()].map(node => node.parentElement).filter(e => !isSvg(e));
    return [...new Map(words.map(e => [kind(e), e])).values()];
  };

  const labelOf = e => (e.labels && e.labels.length ? e.labels[0] : e);
  const told = selector => all(selector).filter(e => e.checkVisibility({ visibilityProperty: true }));
  const wordsOnWhatIsPressed = () => told("a[href], button, input:not([type=hidden]), textarea")
    .filter(e => !e.closest("[aria-hidden=true]")) // only Enter presses these
    .map(e => seenWords(labelOf(e)));
  const whereLinksLead = () => told("a[href]").map(e => e.href);

  Object.assign(measure, {
    all, style, isSvg, once, afresh, isHiddenFromSight, texts, called, seenWords, lines, pressable,
    area, wordsOnWhatIsPressed, whereLinksLead, oneOfEachKindOfWords,
  });
})();
