"""What a clinic sets so as to serve the form to others, read from the environment.

Every setting that cannot be used is named, not only the first. Knows nothing of Flask.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from checklist.errors import ChecklistError, nearest, quote
from checklist.web.keys import KEYS_FILE_SETTING, KEYS_SETTING, SettingError, keys_from

HOSTS_SETTING = "CHECKLIST_HOSTS"
HEALTH_HOSTS_SETTING = "CHECKLIST_HEALTH_HOSTS"
PROXIES_SETTING = "CHECKLIST_PROXIES"
IDLE_SETTING = "CHECKLIST_IDLE_MINUTES"
RULES_SETTING = "CHECKLIST_RULES"
SETTINGS = (
    HOSTS_SETTING,
    HEALTH_HOSTS_SETTING,
    PROXIES_SETTING,
    IDLE_SETTING,
    RULES_SETTING,
    KEYS_SETTING,
    KEYS_FILE_SETTING,
)
SHORTEST_IDLE, LONGEST_IDLE = 15, 24 * 60
MOST_PROXIES = 9
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


class SettingsError(ChecklistError):
    """Settings that cannot be used; ``faults`` has a line for each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Hosting(Struct, frozen=True, kw_only=True):
    """How others than the person themself serve the form, always over https.

    Args:
        hosts: the names under which it is reached, without a port.
        health_hosts: further names or addresses under which a load balancer may ask
            ``/healthz``, and nothing else.
        proxies: how many proxies stand in front and set X-Forwarded-Proto; 0 ignores it.
        idle_minutes: how long answers are kept after the last save, 15 to 1440.

    Raises:
        SettingError: there is no host, or a number is out of range.
    """

    hosts: frozenset[str]
    health_hosts: frozenset[str] = frozenset()
    proxies: int = 0
    idle_minutes: int = 120

    def __post_init__(self) -> None:
        if not self.hosts:
            raise SettingError("name at least one host under which the form is reached")
        if not SHORTEST_IDLE <= self.idle_minutes <= LONGEST_IDLE:
            raise SettingError("answers can be kept for 15 to 1440 minutes after the last save")
        if self.proxies < 0:
            raise SettingError("the number of proxies cannot be below 0")


def hosting_from(environ: Mapping[str, str]) -> Hosting:
    """Return how the form is hosted, as ``environ`` says.

    Raises:
        SettingsError: settings are missing, misspelt or out of range; names all of them.
    """
    given = _Given(environ, [*_misspelt(environ)])
    hosting = {
        "hosts": given.hosts(HOSTS_SETTING),
        "health_hosts": given.hosts(HEALTH_HOSTS_SETTING),
    }
    proxies = given.number(PROXIES_SETTING, 0, 0, MOST_PROXIES)
    idle = given.number(IDLE_SETTING, 120, SHORTEST_IDLE, LONGEST_IDLE)
    given.faults += _faults_of_keys(environ)
    if not environ.get(HOSTS_SETTING, "").strip():
        given.faults.append(f"{HOSTS_SETTING} is not set: name the host, such as clinic.example")
    if given.faults:
        raise SettingsError(given.faults)
    return Hosting(**hosting, proxies=proxies, idle_minutes=idle)


@dataclass(slots=True)
class _Given:
    """The environment, read setting by setting; what cannot be read is put down."""

    environ: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def hosts(self, setting: str) -> frozenset[str]:
        names = self.environ.get(setting, "").lower().replace(",", " ").split()
        self.faults += [
            f"{setting}: {quote(name)} is no name of a host; "
            "leave out https://, ports and stars, as in clinic.example"
            for name in names
            if not _HOST.fullmatch(name)
        ]
        return frozenset(names)

    def number(self, setting: str, otherwise: int, lowest: int, highest: int) -> int:
        text = self.environ.get(setting, "").strip() or str(otherwise)
        number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else -1
        if not lowest <= number <= highest:
            self.faults.append(
                f"{setting}: {quote(text)} is no whole number from {lowest} to {highest}"
            )
        return number


def _misspelt(environ: Mapping[str, str]) -> Iterable[str]:
    for name in sorted(environ):
        if name.startswith("CHECKLIST_") and name not in SETTINGS:
            yield f"{quote(name)[1:-1]} is no setting; {nearest(name, SETTINGS)}"


def _faults_of_keys(environ: Mapping[str, str]) -> Iterable[str]:
    try:
        keys = keys_from(environ)
    except SettingError as error:
        return [str(error)]
    if keys.given:
        return []
    return [f"{KEYS_SETTING} is not set: without a key, a restart would lose everybody's answers"]
