"""What can go wrong with an enquiry and is told to the person who tried."""

# ruff: noqa: N818 - they name what happened, as the texts that explain them do.

from __future__ import annotations

from bot.errors import BotError


class TooShort(BotError):
    """The text says too little; values: least (characters)."""

    template = "enquiries/errors/too_short.html"


class TooLong(BotError):
    """The text or the firm's name is too long; values: most (characters)."""

    template = "enquiries/errors/too_long.html"


class TooMany(BotError):
    """The person has sent as many enquiries as are taken in a day; values: most."""

    template = "enquiries/errors/too_many.html"


class TooManyFiles(BotError):
    """As many files go along as can; values: most."""

    template = "enquiries/errors/too_many_files.html"


class TooFast(BotError):
    """The person writes more in an enquiry than anybody can read; values: most (messages), minutes."""

    template = "enquiries/errors/too_fast.html"


class PersonBlocked(BotError):
    """The person may send no more enquiries."""

    template = "enquiries/errors/blocked.html"


class MessageRefused(PersonBlocked):
    """A blocked person writes in an enquiry that is still open; values: number."""

    template = "enquiries/errors/message_refused.html"


class BadEmail(BotError):
    """The address cannot be one."""

    template = "enquiries/errors/bad_email.html"


class BadPhone(BotError):
    """The number cannot be one."""

    template = "enquiries/errors/bad_phone.html"


class NoDraft(BotError):
    """The draft that a button belongs to is gone."""

    template = "enquiries/errors/no_draft.html"


class EnquiryClosed(BotError):
    """What was tried is no longer possible; values: number."""

    template = "enquiries/errors/closed.html"


class NotReopened(BotError):
    """It was closed too long ago; values: number, days."""

    template = "enquiries/errors/not_reopened.html"


class TooLateHere(NotReopened):
    """The same, told to staff."""

    template = "staff/errors/not_reopened.html"


class Withdrawn(BotError):
    """The firm has withdrawn it, and with it the consent: the staff cannot open it again; values: number."""

    template = "staff/errors/withdrawn.html"


class NotTheLead(BotError):
    """Only the cluster that leads closes an enquiry and opens it again; values: number."""

    template = "staff/errors/not_the_lead.html"


class NoSuchEnquiry(BotError):
    """There is none, or it is somebody else's: both are told alike, so that nothing leaks."""

    template = "enquiries/errors/none.html"


class NotHere(NoSuchEnquiry):
    """The same, told to staff."""

    template = "staff/errors/none.html"


class FormerPlace(BotError):
    """The enquiry was handed over, so that this staff chat can only look on; values: number."""

    template = "staff/errors/former.html"


class NotYours(BotError):
    """What is to be withdrawn is no answer of the person who tries."""

    template = "staff/errors/not_yours.html"


class Anonymous(BotError):
    """Somebody writes in the name of the group: nobody can tell whether they may."""

    template = "staff/errors/anonymous.html"


class NothingMeant(BotError):
    """A command of the staff that names no enquiry; values: command."""

    template = "staff/errors/nothing_meant.html"


class NotAStaffChat(BotError):
    """A button or command of the staff outside of a linked staff chat."""

    template = "staff/errors/not_a_staff_chat.html"


class NothingSaid(BotError):
    """A command that wants words came without; values: command."""

    template = "staff/errors/nothing_said.html"


class WordTooShort(BotError):
    """A word to search for is too short; values: least (characters)."""

    template = "staff/errors/word_too_short.html"


class CannotPass(BotError):
    """A kind of message that the bot cannot copy: a poll, a game, a story."""

    template = "staff/errors/cannot_pass.html"
