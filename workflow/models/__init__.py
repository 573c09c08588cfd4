"""The review of one death, and the records that its moves leave behind."""

from workflow.models.abroad import AbroadSettings
from workflow.models.actions import Action, ActionChange
from workflow.models.agencies import Agency
from workflow.models.analyses import Analysis, AnalysisChange, TakenOver
from workflow.models.attachments import Attachment, AttachmentWithdrawal
from workflow.models.case import Case, CaseIdentity, CaseSubmission
from workflow.models.clocks import AskingSettings, Clock, ClockRule
from workflow.models.collating import AgreedValue
from workflow.models.decisions import Hold, JarDecision, ScopeDecision
from workflow.models.family import Family, FamilyAnswer, FamilyBrought, FamilyFeedback, FamilyWords
from workflow.models.filters import SavedFilter
from workflow.models.history import CaseFact, CaseView, StateChange, TimelineEntry
from workflow.models.learning import LearningPoint
from workflow.models.letters import LetterTemplate
from workflow.models.matching import MatchDecision, MatchKey, MatchSettings
from workflow.models.meetings import AgendaItem, Interest, Meeting, MeetingChange, PanelSettings, Seat
from workflow.models.messages import MessageTemplate, OutboxMessage, ReminderRule
from workflow.models.packs import Pack, PackOpening, PackPassage
from workflow.models.requests import (
    FormReturn,
    InformationRequest,
    OneTimeCode,
    Reminded,
    RequestChange,
    RequestedForm,
    RequestWord,
)
from workflow.models.safeguarding import Referral, ReferralChange, ReferralOutcome, ReferralRecipient, Suspicion
from workflow.models.tasks import Task
from workflow.models.transfers import TransferIn

__all__ = [
    "AbroadSettings",
    "Action",
    "ActionChange",
    "Agency",
    "AgendaItem",
    "AgreedValue",
    "Analysis",
    "AnalysisChange",
    "AskingSettings",
    "Attachment",
    "AttachmentWithdrawal",
    "Case",
    "CaseFact",
    "CaseIdentity",
    "CaseSubmission",
    "CaseView",
    "Clock",
    "ClockRule",
    "Family",
    "FamilyAnswer",
    "FamilyBrought",
    "FamilyFeedback",
    "FamilyWords",
    "FormReturn",
    "Hold",
    "InformationRequest",
    "Interest",
    "JarDecision",
    "LearningPoint",
    "LetterTemplate",
    "MatchDecision",
    "MatchKey",
    "MatchSettings",
    "Meeting",
    "MeetingChange",
    "MessageTemplate",
    "OneTimeCode",
    "OutboxMessage",
    "Pack",
    "PackOpening",
    "PackPassage",
    "PanelSettings",
    "Referral",
    "ReferralChange",
    "ReferralOutcome",
    "ReferralRecipient",
    "Reminded",
    "ReminderRule",
    "RequestChange",
    "RequestWord",
    "RequestedForm",
    "SavedFilter",
    "ScopeDecision",
    "Seat",
    "StateChange",
    "Suspicion",
    "TakenOver",
    "Task",
    "TimelineEntry",
    "TransferIn",
]
