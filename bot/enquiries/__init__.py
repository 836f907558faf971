"""The life of an enquiry: opened with consent, answered by staff, brought to its end."""

from bot.enquiries.acting import claim, close, hand_back, wait
from bot.enquiries.opening import Consent, check_may_send, checked_firm, checked_text, open_enquiry
from bot.enquiries.parties import Actor, Said
from bot.enquiries.reopening import reopen, reopen_by_staff
from bot.enquiries.sharing import bring_in, hand_over
from bot.enquiries.talking import edited, from_firm, from_staff, withdraw
from bot.enquiries.terms import Terms

__all__ = [
    "Actor",
    "Consent",
    "Said",
    "Terms",
    "bring_in",
    "check_may_send",
    "checked_firm",
    "checked_text",
    "claim",
    "close",
    "edited",
    "from_firm",
    "from_staff",
    "hand_back",
    "hand_over",
    "open_enquiry",
    "reopen",
    "reopen_by_staff",
    "wait",
    "withdraw",
]
