"""The file of a bulk upload: what is written, and how somebody is taken out of it."""

from shopbridge.commands import Identity
from shopbridge.contacts.upload_file import without, written
from shopbridge.privacy.mentions import Sought


def test_header_names_the_primary_key_first() -> None:
    """Then every attribute that any contact has; what one lacks is an empty cell."""
    content = written(
        [
            {"EMAIL": "a@example.com", "CUSTID": "7001", "TOTALORDERS": 3},
            {"CUSTID": "7002", "FIRSTNAME": "Bea"},
        ],
        "CUSTID",
    )

    assert content == (
        b"CUSTID,EMAIL,FIRSTNAME,TOTALORDERS\r\n7001,a@example.com,,3\r\n7002,,Bea,\r\n"
    )


def test_values_arrive_as_they_are() -> None:
    """Commas, quotes and line breaks are quoted; what a spreadsheet would run stays as it is."""
    content = written(
        [{"CUSTID": "7001", "FIRSTNAME": '=SUM(A1), "Zoë"\n', "TAGS": "+49, -1, @x"}], "CUSTID"
    )

    assert content.decode() == (
        'CUSTID,FIRSTNAME,TAGS\r\n7001,"=SUM(A1), ""Zoë""\n","+49, -1, @x"\r\n'
    )


def test_a_person_is_taken_out_and_the_others_stay() -> None:
    """Found by id, address or number; whose values only resemble theirs is somebody else."""
    content = written(
        [
            {"CUSTID": "7001", "EMAIL": "ada@example.com", "MOBILE": "4930123456"},
            {"CUSTID": "7002", "EMAIL": "ADA@example.com", "MOBILE": ""},
            {"CUSTID": "7003", "EMAIL": "", "MOBILE": "4930123456"},
            {"CUSTID": "17001", "EMAIL": "not-ada@example.com", "MOBILE": "49301234567"},
            {"CUSTID": "7005", "EMAIL": "", "MOBILE": "", "FIRSTNAME": "line\nbreak"},
        ],
        "CUSTID",
    )
    sought = Sought(Identity("7001", "ada@example.com", "+4930123456"))

    rest, contacts = without(content, sought.is_among)

    assert contacts == 2
    assert rest == (
        b"CUSTID,EMAIL,FIRSTNAME,MOBILE\r\n"
        b"17001,not-ada@example.com,,49301234567\r\n"
        b'7005,,"line\nbreak",\r\n'
    )


def test_a_file_without_the_person_stays_to_the_byte() -> None:
    """Nothing is written anew that need not be."""
    content = written([{"CUSTID": "7002"}], "CUSTID")

    assert without(content, Sought(Identity("7001")).is_among) == (content, 1)
