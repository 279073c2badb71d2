/* Lets the browser read each question and each part of a result aloud, with a voice of this
   computer only: what a voice from the internet would read would go there. The page is whole
   without this. Where there is no such voice, nothing is added. */

"use strict";

(() => {
  const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, label, figcaption";
  const LEFT_OUT =
    "[aria-hidden=true], .visually-hidden, .noprint, .answers__change, .cited, svg, button";
  const KEPT_AS = "reading-aloud"; // for this tab alone, and nothing but "on"
  const speech = window.speechSynthesis;
  const language = document.documentElement.lang;
  let reading = null; // the button of what is being read

  function localVoice() {
    const ours = language.split("-")[0].toLowerCase();
    const speaks = (voice) => voice.lang.split(/[-_]/)[0].toLowerCase() === ours;
    return speech.getVoices().find((voice) => voice.localService && speaks(voice));
  }

  function isOn() {
    try {
      return sessionStorage.getItem(KEPT_AS) === "on";
    } catch {
      return false;
    }
  }

  function keep(on) {
    try {
      on ? sessionStorage.setItem(KEPT_AS, "on") : sessionStorage.removeItem(KEPT_AS);
    } catch {
      // A browser that keeps nothing: then it is switched on page by page.
    }
  }

  /* What is read: one text for each paragraph, line of a list, heading or answer. */
  function textsIn(nodes) {
    const texts = new Map();
    for (const node of nodes) {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        const block = parentElement.closest(BLOCKS);
        if (block && !parentElement.closest(LEFT_OUT)) {
          texts.set(block, (texts.get(block) ?? "") + data);
        }
      }
    }
    return [...texts]
      .map(([block, text]) => text.trim().replace(/\s+/g, " ") + chosen(block))
      .filter((text) => text);
  }

  function chosen(block) {
    return block.querySelector?.(":scope > input:checked") ? ": chosen" : "";
  }

  function label(button, words) {
    button.firstChild.data = words;
  }

  function stop() {
    if (reading) label(reading, "Read this aloud");
    reading = null;
    speech.cancel();
  }

  function read(button, nodes) {
    const voice = localVoice();
    if (!voice) return;
    reading = button;
    label(button, "Stop reading");
    const texts = textsIn(nodes);
    texts.forEach((text, number) => {
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      said.lang = voice.lang;
      const end = () => reading === button && stop();
      if (number === texts.length - 1) said.onend = end;
      said.onerror = end;
      speech.speak(said);
    });
  }

  function newButton(words, hidden) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--plain";
    button.append(words);
    if (hidden) {
      const rest = document.createElement("span");
      rest.className = "visually-hidden";
      rest.append(` “${hidden}”`);
      button.append(rest);
    }
    return button;
  }

  /* A heading of the page, and all up to the next one. */
  function partBelow(heading) {
    const nodes = [heading];
    for (let next = heading.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.matches("h2, form, nav, .terms")) break;
      nodes.push(next);
    }
    return { heading, nodes, place: heading };
  }

  function partIn(box) {
    const heading = box.querySelector("h2, h3");
    const place = box.querySelector(":scope > legend") ?? heading;
    return { heading, nodes: [box], place };
  }

  function parts() {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return [
      ...all(".main > h1, .main > h2").map(partBelow),
      ...all(".main .question, .terms, .criterion").map(partIn),
    ];
  }

  function addButtons() {
    for (const { heading, nodes, place } of parts()) {
      const button = newButton("Read this aloud", heading.textContent.trim());
      button.addEventListener("click", () => {
        const again = reading === button;
        stop();
        if (!again) read(button, nodes);
      });
      const row = document.createElement("div");
      row.className = "buttons aloud";
      row.append(button);
      place.after(row);
    }
  }

  function show(toggle, on) {
    stop();
    document.querySelectorAll(".aloud").forEach((row) => row.remove());
    if (on) addButtons();
    label(toggle, on ? "Hide the buttons that read aloud" : "Read aloud");
  }

  function begin() {
    if (document.querySelector(".aloud-toggle") || !localVoice()) return;
    const toggle = newButton("Read aloud");
    toggle.classList.add("aloud-toggle");
    let on = isOn();
    toggle.addEventListener("click", () => {
      on = !on;
      keep(on);
      show(toggle, on);
    });
    document.querySelector(".masthead__row").append(toggle);
    show(toggle, on);
  }

  if (!speech) return;
  begin();
  speech.addEventListener?.("voiceschanged", begin); // browsers find their voices by and by
  window.addEventListener("pagehide", () => speech.cancel());
})();
