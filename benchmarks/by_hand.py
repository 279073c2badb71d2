"""The sailing model as a good programmer would write it by hand: plain functions, if and return.

It knows nothing of open answers: it takes people who have answered everything.
"""

from typing import Any

from benchmarks.sailing import Person

Decision = tuple[int, str, int]  # the rule's number, the status, the points


def assess(person: Person) -> dict[str, Any]:
    """Return the rules that decide, the statuses, the score and the outcome."""
    swimming = judge_swimming(person)
    skill = judge_skill(person)
    weather = judge_weather(person)
    boat = judge_boat(person)
    help_ = judge_help(person)
    company = judge_company(person)
    score = swimming[2] + skill[2] + weather[2] + boat[2] + help_[2] + company[2]
    return {
        "criteria": {
            "swimming": swimming,
            "skill": skill,
            "weather": weather,
            "boat": boat,
            "help": help_,
            "company": company,
        },
        "score": score,
        "outcome": choose_outcome(
            swimming[1], skill[1], weather[1], boat[1], help_[1], company[1], score
        ),
    }


def judge_swimming(person: Any) -> Decision:
    """Return whether they are safe in the water."""
    swims = person["swims"]
    life_jacket = person["life_jacket"]
    age = person["age"]
    if life_jacket == "no" and swims == "no":
        return 1, "not_met", 0
    if life_jacket == "no" and age < 8:
        return 2, "not_met", 0
    if life_jacket == "yes" and swims == "well":
        return 3, "met", 3
    if swims == "well":
        return 4, "partly", 2
    if age < 12:
        return 5, "partly", 1
    if life_jacket == "yes" and swims == "a_little":
        return 6, "met", 2
    return 7, "partly", 1


def judge_skill(person: Any) -> Decision:
    """Return whether they can sail."""
    sailed_before = person["sailed_before"]
    course = person["course"]
    crew = person["crew"]
    if sailed_before == "often":
        return 1, "met", 3
    if sailed_before == "once" and course == "yes":
        return 2, "met", 2
    if sailed_before == "never" and crew == 1:
        return 3, "not_met", 0
    if course == "yes":
        return 4, "partly", 1
    if crew >= 3:
        return 5, "partly", 1
    return 6, "not_yet", 0


def judge_weather(person: Any) -> Decision:
    """Return whether the weather is fit for this boat."""
    wind = person["wind"]
    waves = person["waves"]
    boat_length = person["boat_length"]
    if person["storm_forecast"] == "yes":
        return 1, "not_met", 0
    if wind >= 8:
        return 2, "not_met", 0
    if 6 <= wind <= 7 and boat_length < 7:
        return 3, "not_met", 0
    if waves > 25 and boat_length < 9:
        return 4, "not_met", 0
    if 6 <= wind <= 7:
        return 5, "partly", 1
    if waves > 15:
        return 6, "partly", 1
    if wind == 0:
        return 7, "not_yet", 0
    return 8, "met", 3


def judge_boat(person: Any) -> Decision:
    """Return whether the boat is sound."""
    leaks = person["leaks"]
    months_since_check = person["months_since_check"]
    if leaks == "many":
        return 1, "not_met", 0
    if months_since_check > 24 and leaks == "few":
        return 2, "not_met", 0
    if months_since_check > 24:
        return 3, "not_yet", 0
    if leaks == "few":
        return 4, "partly", 1
    return 5, "met", 2


def judge_help(person: Any) -> Decision:
    """Return whether help can be called."""
    radio = person["radio"]
    phone = person["phone"]
    miles = person["miles"]
    if miles >= 20 and radio == "no":
        return 1, "not_met", 0
    if radio == "yes":
        return 2, "met", 2
    if phone == "yes" and miles < 6 and person["wind"] < 5:
        return 3, "met", 1
    if phone == "yes":
        return 4, "partly", 1
    return 5, "not_met", 0


def judge_company(person: Any) -> Decision:
    """Return whether the crew is of a good size."""
    crew = person["crew"]
    if 2 <= crew <= 5:
        return 1, "met", 2
    if crew == 1:
        return 2, "partly", 1
    return 3, "not_met", 0


def choose_outcome(
    swimming: str, skill: str, weather: str, boat: str, help_: str, company: str, score: int
) -> str:
    """Return the outcome that the statuses and the score lead to."""
    if weather == "not_met":
        return "stay_ashore"
    if boat == "not_met" or boat == "not_yet":
        return "mend_the_boat"
    if swimming == "met" and skill == "met" and help_ == "met" and score >= 11:
        return "set_sail"
    if (skill == "not_met" or skill == "not_yet") and (company == "met" or company == "partly"):
        return "find_a_teacher"
    if swimming == "not_met":
        return "get_gear"
    if help_ == "not_met":
        return "get_a_radio"
    if (weather == "partly" or weather == "not_yet") and (
        company == "partly" or company == "not_met"
    ):
        return "wait"
    if score >= 9:
        return "stay_close"
    return "think_again"
