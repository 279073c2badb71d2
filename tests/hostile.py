"""Files from strangers, made from a seed: sound ones spoilt in many ways, and known tricks."""

import codecs
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from checklist.loading.yaml_text import read_yaml

ROOT = Path(__file__).parents[1]
EVERY_KIND = ROOT / "tests" / "rulesets" / "every_kind.yaml"
PLANTING = ROOT / "tests" / "rulesets" / "good" / "planting_out.yaml"
BAD = sorted((ROOT / "tests" / "rulesets" / "bad").glob("*.yaml"))
SOUND = [EVERY_KIND, PLANTING, ROOT / "examples" / "long_ride.yaml", ROOT / "rules.yaml"]
ANSWERS = {
    "plain": "no",
    "size": "small",
    "weight": 5,
    "smells": ["tar", "smoke"],
    "parts": {"lid": "worn"},
    "notes": "Gr\u00fc\u00dfe",
}
OUTER = {"format": 1, "ruleset": "every-kind", "version": "1", "answers": ANSWERS}
STRANGE = ["~", "null", "true", "no", "0", "-1", "1.5", ".inf", ".nan", "0x1F", "0x_", "0o17"]
STRANGE += ["010", "1e999", "1:30", "2001-12-14", "2020-13-45", "[]", "{}", "[[[[]]]]", "*a", "'"]
STRANGE += ["{a: {b: {c: d}}}", '"', '"\\e]0;x\\a"', '"\\0"', '"\\u202e"', '"\\ud800"', ">", "3..1"]
STRANGE += ["3..6", "[1, [2, [3]]]", "score", "outcome", "count: x", "tally: []", "when: ~", "?"]
STRANGE += ["type: grid", "type: x", "id: a", "...", "---", "|", "%", "<<: {}", "=", "[key]", "!x"]
STRANGE += ["", "- a", "? x", "&a b", "!!int a", "!!bool maybe", "!!timestamp x", "!!binary x"]
STRANGE += ["!!python/object/apply:os.abort []", "> 5", '"> 5"', '"< -99999"', "a: b: c", "# x"]
STRANGE += ["9" * 15, "9" * 16, "9" * 5000, "1" + "_0" * 50, "\u202e", "e\u0301", "\uff11"]
STRANGE += ["\x00", "\x85", "\ufeff", "\r", "\t", "\x1b[31m", "\u2028", "\ud800", "\U0010ffff"]


def hostile_rulesets(seed: int, count: int) -> Iterator[bytes]:
    """Yield files that somebody may hand to ``check``; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a seed that fails must fail again
    for number in range(count):
        match number % 5:
            case 0:
                yield chance.choice(YAML_TRICKS)(chance)
            case 1 | 2:
                yield json.dumps(grown_wrong(sound_values(chance), chance)).encode()
            case _:
                source = chance.choice(chance.choice([SOUND, SOUND, BAD]))
                yield encoded(spoilt(source.read_text("utf-8", "replace"), chance))


def hostile_answers(seed: int, count: int) -> Iterator[bytes]:
    """Yield files that somebody may hand to ``assess``; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        if number % 5 == 0:
            yield chance.choice(JSON_TRICKS)(chance)
        else:
            outer = grown_wrong(OUTER, chance, 0.05) if number % 2 else OUTER
            text = json.dumps(outer, indent=1)
            yield encoded(spoilt(text, chance) if number % 3 else text)


# ---------------------------------------------------------------- spoilt text


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


def spoilt(text, chance):
    for _ in range(chance.choice([1, 1, 2, 3, 6])):
        text = chance.choice(SPOILERS)(text, chance)
    return text


def cut(text, chance):
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) or 1)
    del lines[at : at + chance.choice([1, 1, 1, 5])]
    return "".join(lines)


def doubled(text, chance):
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) or 1)
    lines[at:at] = lines[at : at + chance.choice([1, 3])]
    return "".join(lines)


def swapped(text, chance):
    words = text.split(" ")
    a, b = chance.randrange(len(words)), chance.randrange(len(words))
    words[a], words[b] = words[b], words[a]
    return " ".join(words)


def replaced(text, chance):
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(STRANGE)
    return " ".join(words)


def inserted(text, chance):
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(STRANGE) + text[at:]


def renamed(text, chance):
    words = sorted({word.strip("{}[]:,\"'") for word in text.split()} - {""}) or ["x"]
    return text.replace(chance.choice(words), chance.choice(words), chance.choice([1, 2, -1]))


def nudged(text, chance):
    """Change a number a little: what is written stays sound, and may mean something else."""
    numbers = [*re.finditer(r"\b[0-9]{1,3}\b", text)]
    if not numbers:
        return text
    found = chance.choice(numbers)
    return text[: found.start()] + str(chance.randrange(12)) + text[found.end() :]


SPOILERS = [cut, doubled, swapped, replaced, inserted, renamed, nudged, nudged, nudged]

# ---------------------------------------------------------------- spoilt values


def sound_values(chance):
    source = chance.choice([EVERY_KIND, PLANTING])
    return read_yaml(source.read_bytes(), "sound.yaml").value


def grown_wrong(value, chance, rate=None):
    """Return a tree of values, some of them of another kind, gone, doubled or renamed."""
    rate = rate or chance.choice([0.001, 0.003, 0.01, 0.05])
    if chance.random() < rate:
        return chance.choice(
            [None, True, "x", "", "Bad Name", "> 5", 7, -1, 2.5, [], {}, ["x"], {"x": 1}]
        )
    if isinstance(value, list):
        grown = [grown_wrong(part, chance, rate) for part in value]
        if grown and chance.random() < rate:
            chance.choice([grown.append, grown.remove])(chance.choice(grown))
        return grown
    if isinstance(value, dict):
        grown = {key: grown_wrong(part, chance, rate) for key, part in value.items()}
        if grown and chance.random() < rate:
            kept = grown.pop(chance.choice(list(grown)))
            grown[chance.choice(["", "x", "Bad Name", "[key]", "choice", "count", "id"])] = kept
        return grown
    return value


# ---------------------------------------------------------------- tricks


def noise(chance, most=20_000):
    return chance.randbytes(chance.randrange(most))


def deep(chance):
    opening = chance.choice([b"[", b"{", b"- ", b"? ", b"{a: ", b'{"a":', b"[["])
    return opening * chance.choice([9, 11, 100, 5_000, 100_000])


def bomb(chance):
    levels = chance.randrange(2, 12)
    rows = ["a0: &a0 [x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(rows).encode()


def many_items(chance):
    item = chance.choice(["- a\n", "- [a, b]\n", "- {a: 1}\n", "a{}: 1\n", "- 'x'\n", "-\n"])
    rows = "".join(item.replace("{}", str(n)) for n in range(chance.choice([2_000, 40_000])))
    return rows.encode()


def too_large(chance):
    return b"a: " + chance.choice([b"x", b" ", b"\n", b"\xf0\x9f\x98\x80"]) * 300_000


def other_encoding(chance):
    text = EVERY_KIND.read_text("utf-8")
    mark = chance.choice([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE])
    return mark + text.encode(chance.choice(["utf-8", "utf-16", "utf-32", "utf-7", "cp037"]))


def broken_encoding(chance):
    content = bytearray(EVERY_KIND.read_bytes())
    for _ in range(chance.choice([1, 5, 50])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def several_documents(chance):
    return EVERY_KIND.read_bytes() + chance.choice([b"\n---\n", b"\n...\n--- a\n", b"\n--- !x\n"])


def directive(chance):
    line = chance.choice(["%YAML 9.9", "%TAG ! tag:x,2000:", "%TAG !! !", "%FOO " + "a" * 1000])
    return f"{line}\n---\n".encode() + EVERY_KIND.read_bytes()


def tagged_value(chance):
    odd = chance.choice([word for word in STRANGE if word.startswith(("!", "&", "*", "0", "1"))])
    return EVERY_KIND.read_text("utf-8").replace("format: 1", f"format: {odd}").encode()


def long_name(chance):
    name = chance.choice(["a", "\u00e9", "\\", "\x1b", "\u202e"]) * chance.choice([1_000, 60_000])
    return encoded(f"{name}: 1\n") + EVERY_KIND.read_bytes()


def long_number(chance):
    number = chance.choice(["9" * 5000, "-" + "9" * 400, "0." + "1" * 5000, "1e99999999"])
    return json.dumps(OUTER).replace('"weight": 5', f'"weight": {number}').encode()


def odd_constant(chance):
    odd = chance.choice(["NaN", "Infinity", "-Infinity", "1e999", "-0", "5.0", "05", "0x5", "true"])
    return json.dumps(OUTER).replace('"weight": 5', f'"weight": {odd}').encode()


def doubled_key(chance):
    key = chance.choice(["format", "ruleset", "answers", "plain", "weight", "lid"])
    return json.dumps(OUTER).replace(f'"{key}":', f'"{key}": 1, "{key}":').encode()


def odd_text(chance):
    odd = chance.choice(["\\ud800", "\\u0000", "\\u202e", "\\uffff", "\\x", "\\u12", "\x00", "\n"])
    return json.dumps(OUTER).replace("small", odd).encode("utf-8", "surrogatepass")


def deep_answers(chance):
    depth = chance.choice([10, 100, 1_000, 100_000])
    opening, closing = chance.choice([("[", "]"), ('{"a":', "}")])
    inner = opening * depth + "1" + closing * chance.choice([0, depth])
    return json.dumps(OUTER).replace('"small"', inner).encode()


def odd_frame(chance):
    body = json.dumps(OUTER)
    around = ["{}//x", "/**/{}", "{},", "[{}]", "{}{}", "\ufeff{}", "'{}'", "{}\x00", "x({})"]
    return chance.choice(around).replace("{}", body).encode()


YAML_TRICKS = (noise, deep, bomb, many_items, too_large, other_encoding, broken_encoding)
YAML_TRICKS += (several_documents, directive, tagged_value, long_name)
JSON_TRICKS = (noise, deep, too_large, long_number, odd_constant, doubled_key, odd_text)
JSON_TRICKS += (deep_answers, odd_frame)
