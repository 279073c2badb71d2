// How far words, controls and pictures stand out from what lies behind them.
"use strict";

globalThis.measure ??= {};

(() => {
  const { all, style, isSvg, once, isHiddenFromSight, texts, called } = measure;

  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const mixed = new Map();
  const rgba = words => {
    if (!mixed.has(words)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = words;
      brush.fillRect(0, 0, 1, 1);
      mixed.set(words, [...brush.getImageData(0, 0, 1, 1).data]);
    }
    return mixed.get(words);
  };
  const over = ([r, g, b, a], below) =>
    [r, g, b].map((part, i) => (part * a + below[i] * (255 - a)) / 255).concat(255);

  const behind = once(e => {
    if (!e) return [255, 255, 255, 255];
    const s = style(e);
    if (s.backgroundImage !== "none") return null;
    const layer = rgba(s.backgroundColor);
    if (layer[3] === 255) return layer;
    const below = behind(e.parentElement);
    return below && layer[3] ? over(layer, below) : below;
  });

  const light = ([r, g, b]) => {
    const part = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (one, other) => {
    if (!one || !other) return 0; // a picture lies behind: what it does to the words is unknown
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const against = (words, ground) => (ground ? ratio(over(rgba(words), ground), ground) : 0);

  const textColours = function* () {
    for (const node of texts()) {
      const e = node.parentElement;
      yield [e, isSvg(e) ? style(e).fill : style(e).color, behind(e)];
    }
    for (const e of all("input:not([type=radio], [type=checkbox], [type=hidden]), textarea")) {
      yield [e, style(e).color, behind(e)];
      yield [e, style(e, "::placeholder").color, behind(e)];
    }
    for (const e of all("li")) {
      if (style(e).listStyleType !== "none") yield [e, style(e, "::marker").color, behind(e)];
    }
    for (const e of all("*")) {
      for (const part of ["::before", "::after"]) {
        if (/[\p{L}\p{N}]/u.test(style(e, part).content.replace(/^(none|normal)$/, ""))) {
          yield [e, style(e, part).color, behind(e)];
        }
      }
    }
  };

  const textContrast = () => [...textColours()].map(([e, colour, ground]) =>
    [against(colour, ground), called(e)]);

  const edge = e => {
    const s = style(e);
    const shown = parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle !== "none";
    return shown && rgba(s.borderTopColor)[3] ? s.borderTopColor : null;
  };
  const controls = ".button, .box, .option, .option input";
  const isDrawnByBrowser = e => e.matches("[type=radio], [type=checkbox]") && style(e).appearance !== "none";

  // An edge or a fill that stands out shows where a control is.
  const controlContrast = () => all(controls).filter(e => !isHiddenFromSight(e)).flatMap(e => {
    if (isDrawnByBrowser(e)) return []; // in the system's own colours
    const outside = behind(e.parentElement);
    const fill = style(e).backgroundColor;
    const marks = [edge(e), rgba(fill)[3] ? fill : null].filter(Boolean);
    if (!marks.length) return []; // words alone: measured as text
    const found = [[Math.max(...marks.map(mark => against(mark, outside))), called(e)]];
    if (e.matches("input:checked")) found.push([tick(e), `the mark of ${called(e.parentElement)}`]);
    return found;
  });
  const tick = e => {
    const mark = e.type === "radio" ? edge(e) : style(e, "::before").backgroundColor;
    return against(mark, behind(e));
  };

  // Each painted part of a picture stands out from the page, or from the part it is drawn on.
  const pictureContrast = () => all("svg :is(path, circle, rect, line, polygon, ellipse)").flatMap(e => {
    const ground = behind(e.closest("svg"));
    const under = e.previousElementSibling && rgba(style(e.previousElementSibling).fill);
    const fill = e.matches("line") ? "none" : style(e).fill; // a line has nothing to fill
    const paints = [fill, style(e).stroke].filter(paint => /^(rgb|color)/.test(paint));
    return paints.filter(paint => rgba(paint)[3]).map(paint => [
      Math.max(against(paint, ground), under && under[3] ? against(paint, under) : 0),
      `${called(e)} in ${called(e.closest("svg").parentElement)}`,
    ]);
  });

  Object.assign(measure, { rgba, against, behind, edge, textContrast, controlContrast, pictureContrast });
})();
