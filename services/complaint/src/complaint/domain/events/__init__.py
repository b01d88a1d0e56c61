"""What complaint tells the world, one module an area. Each class that has a ``type`` has a contract
in ``shared/contracts/events``.

Persons, complainants and customers are ids. Names, addresses and words that somebody wrote, which
may tell of a person, stand in private events alone: FieldWorkDescribed, and those of a case
contact.
"""

from complaint.domain.events.call_backs import (
    CallBackCancelled,
    CallBackDueSoon,
    CallBackHandedOver,
    CallBackMade,
    CallBackOverdue,
    CallBackPromised,
    OfCallBack,
)
from complaint.domain.events.case_analyses import (
    CaseAnalysisDue,
    CaseAnalysisOverdue,
    OfAnalysis,
)
from complaint.domain.events.case_contacts import (
    CaseContactDescribed,
    CaseContactErased,
    CaseNewsArose,
    CustomerCallNeeded,
)
from complaint.domain.events.cases import (
    CasePaused,
    CaseResumed,
    CaseTakenOver,
    ClockBreached,
    ClockDueSoon,
    ClockRetimed,
    OfCase,
)
from complaint.domain.events.closed_loop import ActionPlanned
from complaint.domain.events.complaints import (
    ComplaintAssigned,
    ComplaintClosed,
    ComplaintEscalated,
    ComplaintFiled,
    ComplaintReopened,
    ComplaintReviewed,
    GmMeetingRequested,
    MeetingDecided,
    ReportedToLeader,
    ResultTold,
    SatisfactionAnswered,
)
from complaint.domain.events.corrective_actions import (
    CorrectiveActionOpened,
    CorrectiveActionOverdue,
    CorrectiveActionVerified,
    OfAction,
)
from complaint.domain.events.emergencies import EmergencyEnded, EmergencyStarted
from complaint.domain.events.field_work import (
    FieldWorkCancelled,
    FieldWorkDescribed,
    FieldWorkDone,
    FieldWorkRequested,
    OfFieldWork,
)
from complaint.domain.events.first_contact import (
    FirstContactBreached,
    FirstContactDueSoon,
    FirstContactMade,
)
from complaint.domain.events.flow_cases import (
    CaseAssigned,
    CaseFiled,
    CustomerTold,
    FeedbackAnswered,
    ProblemClosed,
    ProblemRegistered,
    ProblemSolved,
    RequestClosed,
)
from complaint.domain.events.links import CaseConverted, CaseLinked
from complaint.domain.events.patterns import PatternDetected
from complaint.domain.events.penalties import (
    OfPenalty,
    PenaltyConfirmed,
    PenaltyPosted,
    PenaltyProposed,
    PenaltyWaived,
    PenaltyWithdrawn,
)
from complaint.domain.events.phrase_flags import PhraseFlagged
from complaint.domain.events.progress import (
    MessageReceived,
    ProgressDue,
    ProgressOverdue,
    ProgressTold,
)
from complaint.domain.events.records import ProcessExplained, StepRecorded
from complaint.domain.events.shipment_holds import (
    OfHold,
    ShipmentHoldOverdue,
    ShipmentHoldReleased,
    ShipmentHoldRequested,
)
from complaint.domain.events.sub_tasks import (
    SubTaskChanged,
    SubTaskDueSoon,
    SubTaskOpened,
    SubTaskOverdue,
)
from complaint.domain.events.subject import Events, OfComplaint
from complaint.domain.events.trainings import (
    OfTraining,
    TrainingEnded,
    TrainingOverdue,
    TrainingRequested,
)
from complaint.domain.events.weekly_reports import WeeklyReportGenerated

__all__ = [
    "ActionPlanned",
    "CallBackCancelled",
    "CallBackDueSoon",
    "CallBackHandedOver",
    "CallBackMade",
    "CallBackOverdue",
    "CallBackPromised",
    "CaseAnalysisDue",
    "CaseAnalysisOverdue",
    "CaseAssigned",
    "CaseContactDescribed",
    "CaseContactErased",
    "CaseConverted",
    "CaseFiled",
    "CaseLinked",
    "CaseNewsArose",
    "CasePaused",
    "CaseResumed",
    "CaseTakenOver",
    "ClockBreached",
    "ClockDueSoon",
    "ClockRetimed",
    "ComplaintAssigned",
    "ComplaintClosed",
    "ComplaintEscalated",
    "ComplaintFiled",
    "ComplaintReopened",
    "ComplaintReviewed",
    "CorrectiveActionOpened",
    "CorrectiveActionOverdue",
    "CorrectiveActionVerified",
    "CustomerCallNeeded",
    "CustomerTold",
    "EmergencyEnded",
    "EmergencyStarted",
    "Events",
    "FeedbackAnswered",
    "FieldWorkCancelled",
    "FieldWorkDescribed",
    "FieldWorkDone",
    "FieldWorkRequested",
    "FirstContactBreached",
    "FirstContactDueSoon",
    "FirstContactMade",
    "GmMeetingRequested",
    "MeetingDecided",
    "MessageReceived",
    "OfAction",
    "OfAnalysis",
    "OfCallBack",
    "OfCase",
    "OfComplaint",
    "OfFieldWork",
    "OfHold",
    "OfPenalty",
    "OfTraining",
    "PatternDetected",
    "PenaltyConfirmed",
    "PenaltyPosted",
    "PenaltyProposed",
    "PenaltyWaived",
    "PenaltyWithdrawn",
    "PhraseFlagged",
    "ProblemClosed",
    "ProblemRegistered",
    "ProblemSolved",
    "ProcessExplained",
    "ProgressDue",
    "ProgressOverdue",
    "ProgressTold",
    "ReportedToLeader",
    "RequestClosed",
    "ResultTold",
    "SatisfactionAnswered",
    "ShipmentHoldOverdue",
    "ShipmentHoldReleased",
    "ShipmentHoldRequested",
    "StepRecorded",
    "SubTaskChanged",
    "SubTaskDueSoon",
    "SubTaskOpened",
    "SubTaskOverdue",
    "TrainingEnded",
    "TrainingOverdue",
    "TrainingRequested",
    "WeeklyReportGenerated",
]
