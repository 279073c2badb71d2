"""Hypothesis strategies: random rulesets that use every feature, and random partial answers."""

from hypothesis import strategies as st

SINGLE = ("yes_no", "choice", "integer")
WORDS = ("red", "blue", "green", "grey")
STATUSES = ("met", "partly", "not_met", "not_yet")


@st.composite
def questions(draw):
    made = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(
            st.sampled_from(["yes_no", "choice", "integer", "multi_choice", "grid", "text"])
        )
        question = {"id": f"q{number}", "text": "What?", "type": kind}
        if kind in ("choice", "multi_choice", "grid"):
            options = WORDS[: draw(st.integers(1, 3))]
            question["options"] = {word: word for word in options}
        if kind == "grid":
            question["items"] = {f"i{n}": "Item" for n in range(draw(st.integers(1, 2)))}
        if kind == "integer":
            question["minimum"] = draw(st.integers(-2, 2))
            question["maximum"] = question["minimum"] + draw(st.integers(0, 4))
        earlier = [q for q in made if q["type"] in SINGLE]
        if earlier and draw(st.integers(0, 2)) == 0:
            tested = draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2))
            question["enable_when"] = {q["id"]: draw(tests_of(domain(q))) for q in tested}
        made.append(question)
    return made


def domain(question):
    if question["type"] == "integer":
        return (question["minimum"], question["maximum"])
    return ["yes", "no"] if question["type"] == "yes_no" else list(question["options"])


def fact_domains(raw):
    """Return what each fact can be, as ``domain`` does for a question."""
    questions = {q["id"]: q for q in raw["sections"][0]["questions"]}
    found = {}
    for name, fact in raw["facts"].items():
        if "tally" in fact:
            found[name] = (0, len(fact["tally"]))
        else:
            asked = questions[fact["count"]]
            slots = asked["items" if asked["type"] == "grid" else "options"]
            found[name] = (0, len(fact.get("items") or slots))
    return found


def one_test(of):
    if isinstance(of, list):
        return st.sampled_from(of)
    number = st.integers(*of)
    compared = st.tuples(st.sampled_from(["< ", "<= ", ">", ">="]), number)
    span = st.tuples(number, number).map(sorted)
    return st.one_of(
        number,
        compared.map(lambda pair: f"{pair[0]}{pair[1]}"),
        span.map(lambda pair: f"{pair[0]}..{pair[1]}"),
    )


def tests_of(of):
    return st.one_of(one_test(of), st.lists(one_test(of), min_size=1, max_size=2))


def whens(domains, most=3):
    def build(names):
        return st.fixed_dictionaries({name: tests_of(domains[name]) for name in names})

    names = st.lists(st.sampled_from(sorted(domains)), min_size=1, max_size=most, unique=True)
    return names.flatmap(build)


@st.composite
def facts(draw, asked):
    made, domains = {}, {}
    for question in asked:
        if question["type"] not in ("grid", "multi_choice"):
            continue
        slots = list(question["items" if question["type"] == "grid" else "options"])
        for number in range(draw(st.integers(0, 2))):
            fact = {"text": "so many", "count": question["id"]}
            if draw(st.booleans()):
                fact["items"] = draw(st.lists(st.sampled_from(slots), min_size=1, unique=True))
            if question["type"] == "grid":
                options = st.sampled_from(list(question["options"]))
                fact["where"] = draw(st.lists(options, min_size=1, unique=True))
            name = f"count_{question['id']}_{number}"
            made[name] = fact
            domains[name] = (0, len(fact.get("items") or slots))
    return made, domains


@st.composite
def rulesets(draw):
    asked = draw(questions())
    singles = {q["id"]: domain(q) for q in asked if q["type"] in SINGLE}
    made, counts = draw(facts(asked))
    domains = {**singles, **counts}
    untallied = dict(domains)
    for name in ("tallied", "tallied_too"):
        if untallied and draw(st.booleans()):
            tally = draw(st.lists(whens(untallied, 2), min_size=1, max_size=3))
            made[name] = {"text": "so many hold", "tally": tally}
            domains[name] = (0, len(tally))
    criteria = [draw(criterion(n, domains)) for n in range(draw(st.integers(1, 3)))]
    return {
        "format": 1,
        "id": "random",
        "title": "Random",
        "version": "1",
        "language": "en",
        "sources": {"book": {"title": "Book", "kind": "book", "year": 2000}},
        "sections": [{"id": "all", "title": "All", "questions": asked}],
        "facts": made,
        "criteria": criteria,
        "outcomes": draw(outcomes(criteria)),
    }


@st.composite
def criterion(draw, number, domains):
    rule = st.fixed_dictionaries(
        {
            "status": st.sampled_from(STATUSES),
            "points": st.integers(-2, 3),
            "because": st.just("So."),
        }
    )
    rules = [draw(rule) for _ in range(draw(st.integers(1, 4)))]
    for entry in rules[:-1]:
        if domains:
            entry["when"] = draw(whens(domains))
    return {"id": f"c{number}", "title": "Criterion", "sources": ["book"], "rules": rules}


def score_range(criteria):
    points = [[rule["points"] for rule in criterion["rules"]] for criterion in criteria]
    return sum(map(min, points)), sum(map(max, points))


@st.composite
def outcomes(draw, criteria):
    tested = {c["id"]: list(STATUSES) for c in criteria}
    tested["score"] = score_range(criteria)
    made = [{"id": f"o{n}", "title": "Out", "text": "So."} for n in range(draw(st.integers(1, 4)))]
    for outcome in made[:-1]:
        outcome["when"] = draw(whens(tested))
    return made


@st.composite
def partial_answers(draw, raw, open_share=2):
    given = {}
    for question in raw["sections"][0]["questions"]:
        if draw(st.integers(0, open_share)) == 0:
            continue
        given[question["id"]] = draw(answer(question))
    return given


def answer(question):
    kind = question["type"]
    if kind == "text":
        return st.just("Some words")
    if kind == "integer":
        return st.integers(question["minimum"], question["maximum"])
    if kind == "multi_choice":
        return st.lists(st.sampled_from(list(question["options"])), unique=True)
    if kind == "grid":
        option = st.none() | st.sampled_from(list(question["options"]))
        return st.fixed_dictionaries(dict.fromkeys(question["items"], option))
    return st.sampled_from(domain(question))


@st.composite
def with_gaps(draw):
    """Return a ruleset in which a table, or the outcomes, may lack a rule for all else."""
    raw = draw(rulesets())
    tables = [criterion["rules"] for criterion in raw["criteria"]] + [raw["outcomes"]]
    for table in tables:
        if "when" in table[0] and draw(st.booleans()):
            table[-1]["when"] = table[0]["when"]  # never decides, and takes nothing else
    return raw
