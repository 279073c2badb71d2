"""Keys that end with the program, and keys that whoever serves the form has given."""

import os
import re

import pytest
from cryptography.fernet import InvalidToken

from checklist.web.keys import SettingError, fresh_keys, keys_from

OLD, NEW = "o" * 40, "n" * 40
SETTING, FILE_SETTING = "CHECKLIST_SECRET_KEYS", "CHECKLIST_SECRET_KEYS_FILE"
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


def key_file(folder, text=NEW, mode=0o600):
    file = folder / "keys"
    file.write_text(text)
    file.chmod(mode)
    return {FILE_SETTING: str(file)}


def test_no_start_of_the_program_can_read_the_cookies_of_another():
    sealed = keys_from({}).fernet().encrypt(b"answers")
    with pytest.raises(InvalidToken):
        keys_from({}).fernet().decrypt(sealed)
    assert not keys_from({}).given


def test_a_given_key_reads_what_it_sealed_before():
    sealed = keys_from({SETTING: NEW}).fernet().encrypt(b"answers")
    assert keys_from({SETTING: NEW}).fernet().decrypt(sealed) == b"answers"
    assert keys_from({SETTING: NEW}).given


@pytest.mark.parametrize("between", [",", " ", "\n", ", "])
def test_a_key_can_be_changed_without_losing_answers(between):
    sealed = keys_from({SETTING: OLD}).fernet().encrypt(b"answers")
    both = keys_from({SETTING: NEW + between + OLD})
    assert both.fernet().decrypt(sealed) == b"answers"
    renewed = both.fernet().encrypt(b"answers")
    assert keys_from({SETTING: NEW}).fernet().decrypt(renewed) == b"answers"


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_keys_may_stand_in_a_private_file(tmp_path, mode):
    assert keys_from(key_file(tmp_path, f"{NEW}\n{OLD}\n", mode)).secrets == (b"n" * 40, b"o" * 40)


@posix_only
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o777])
def test_a_key_file_that_others_may_read_is_refused(tmp_path, mode):
    with pytest.raises(SettingError, match="others may read the file"):
        keys_from(key_file(tmp_path, NEW, mode))


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({SETTING: ""}, id="empty"),
        pytest.param({SETTING: " , "}, id="only commas"),
        pytest.param({SETTING: f"{NEW},hunter2"}, id="one too short"),
        pytest.param({SETTING: NEW, FILE_SETTING: "keys"}, id="both settings"),
        pytest.param({FILE_SETTING: "/no/such/file"}, id="no file"),
        pytest.param({FILE_SETTING: "/"}, id="a folder"),
    ],
)
def test_keys_that_cannot_be_used_are_named_in_one_line_and_never_shown(environ):
    with pytest.raises(SettingError) as refusal:
        keys_from(environ)
    message = str(refusal.value)
    assert SETTING in message
    assert "\n" not in message
    assert not re.search(r"hunter2|nnnn", message)


def test_keys_are_not_shown_where_objects_are_printed():
    assert NEW not in repr(keys_from({SETTING: NEW}))


def test_the_key_of_the_form_token_is_not_the_key_of_the_cookie():
    keys = fresh_keys()
    assert keys.for_form_tokens() != fresh_keys().for_form_tokens()
    assert keys.secrets[0].hex() != keys.for_form_tokens()
