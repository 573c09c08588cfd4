from django.urls import path

from workflow import views
from workflow.abroad.views import BodyHomeView
from workflow.analyses.views import reading, signing, writing
from workflow.attachments import views as attachments
from workflow.family import views as family
from workflow.filters import views as filters
from workflow.safeguarding import views as safeguarding
from workflow.together import views as together
from workflow.views import saved_links
from workflow.worklist.urls import case_urlpatterns as work

app_name = "cases"

urlpatterns = [
    path("", views.CaseListView.as_view(), name="list"),
    path("results/", views.CaseListView.as_view(results_only=True), name="list_results"),
    path("messages/", views.OutboxView.as_view(), name="outbox"),
    path("messages/results/", views.OutboxView.as_view(results_only=True), name="outbox_results"),
    path("messages/<int:message_id>/again/", views.TryAgainView.as_view(), name="try_again"),
    path("messages/<int:message_id>/came-back/", views.CameBackView.as_view(), name="came_back"),
    path("messages/<int:message_id>/dealt-with/", views.DealtWithView.as_view(), name="dealt_with"),
    path("filters/", filters.FiltersView.as_view(), name="filters"),
    path("filters/save/", filters.SaveFilterView.as_view(), name="save_filter"),
    path("filters/<int:pk>/delete/", filters.DeleteFilterView.as_view(), name="delete_filter"),
    path("together/<slug:act>/", together.TogetherView.as_view(), name="together"),
    path("find/", views.FindChildView.as_view(), name="find"),
    path("new/", views.NewNotificationView.as_view(), name="new"),
    path("new/transfer/", views.TransferInView.as_view(), name="transfer_in"),
    path("<slug:reference>/", views.CaseView.as_view(), name="case"),
    path("<slug:reference>/move/<slug:move>/", views.MoveView.as_view(), name="move"),
    path("<slug:reference>/compare/<slug:other>/", views.CompareView.as_view(), name="compare"),
    path("<slug:reference>/record/", views.RecordView.as_view(), name="record"),
    path("<slug:reference>/record/<path:item>/", views.AgreeView.as_view(), name="agree"),
    path("<slug:reference>/pack/", views.ReadPackView.as_view(), name="pack"),
    path("<slug:reference>/pack/pdf/", views.PackPdfView.as_view(), name="pack_pdf"),
    path("<slug:reference>/pack/prepare/", views.PreparePackView.as_view(), name="pack_prepare"),
    path("<slug:reference>/pack/prepare/save/", views.SavePackView.as_view(), name="pack_save"),
    path("<slug:reference>/pack/prepare/<int:passage_id>/", views.PassageView.as_view(), name="pack_passage"),
    path("<slug:reference>/pack/finish/", views.FinishPackView.as_view(), name="pack_finish"),
    path("<slug:reference>/pack/withdraw/", views.WithdrawPackView.as_view(), name="pack_withdraw"),
    path("<slug:reference>/analyses/compare/", reading.CompareAnalysesView.as_view(), name="analyses_compare"),
    path("<slug:reference>/analyses/take-over/", signing.TakeOverView.as_view(), name="analyses_take_over"),
    path("<slug:reference>/analyses/begin/<slug:stage>/", writing.BeginAnalysisView.as_view(), name="analysis_begin"),
    path("<slug:reference>/analyses/<int:pk>/", reading.ReadAnalysisView.as_view(), name="analysis"),
    path("<slug:reference>/analyses/<int:pk>/go-on/", writing.GoOnView.as_view(), name="analysis_go_on"),
    path("<slug:reference>/analyses/<int:pk>/give-up/", writing.GiveUpView.as_view(), name="analysis_give_up"),
    path("<slug:reference>/analyses/<int:pk>/sign/", signing.SignAnalysisView.as_view(), name="analysis_sign"),
    path("<slug:reference>/scope/", views.ScopeView.as_view(), name="scope"),
    path("<slug:reference>/scope/confirm/", views.ConfirmScopeView.as_view(), name="confirm_scope"),
    path("<slug:reference>/jar/", views.JarView.as_view(), name="jar"),
    path("<slug:reference>/body-home/", BodyHomeView.as_view(), name="body_home"),
    path("<slug:reference>/milestone/", views.MilestoneView.as_view(), name="milestone"),
    path("<slug:reference>/nhs-number/", views.NhsNumberView.as_view(), name="nhs_number"),
    path("<slug:reference>/urgency/", views.UrgencyView.as_view(), name="urgency"),
    path("<slug:reference>/hold/", views.HoldView.as_view(), name="hold"),
    path("<slug:reference>/hold/<int:hold_id>/end/", views.EndHoldView.as_view(), name="end_hold"),
    path("<slug:reference>/ask/", views.AskAgenciesView.as_view(), name="ask"),
    path("<slug:reference>/requests/<int:request_id>/", views.RequestView.as_view(), name="request"),
    path(
        "<slug:reference>/requests/<int:request_id>/move/<slug:move>/",
        views.RequestMoveView.as_view(),
        name="request_move",
    ),
    path("<slug:reference>/requests/<int:request_id>/say/", views.RequestWordView.as_view(), name="request_word"),
    path("<slug:reference>/files/<uuid:file_id>/", views.FileView.as_view(), name="file"),
    path("<slug:reference>/files/<uuid:file_id>/preview/", views.PreviewView.as_view(), name="preview"),
    path("<slug:reference>/attach/", attachments.AttachView.as_view(), name="attach"),
    path(
        "<slug:reference>/attachments/<int:pk>/withdraw/",
        attachments.WithdrawAttachmentView.as_view(),
        name="attachment_withdraw",
    ),
    path("<slug:reference>/family/", family.FamilyView.as_view(), name="family"),
    path("<slug:reference>/family/key-worker/", family.KeyWorkerView.as_view(), name="family_key_worker"),
    path("<slug:reference>/family/told/", family.ToldView.as_view(), name="family_told"),
    path("<slug:reference>/family/wishes/", family.WishesView.as_view(), name="family_wishes"),
    path("<slug:reference>/family/said/", family.HearView.as_view(), name="family_said"),
    path("<slug:reference>/family/said/<int:pk>/answer/", family.AnswerView.as_view(), name="family_answer"),
    path("<slug:reference>/family/brought/", family.BringView.as_view(), name="family_brought"),
    path("<slug:reference>/family/feedback/", family.FeedbackView.as_view(), name="family_feedback"),
    path("<slug:reference>/family/letters/<slug:code>/", family.FamilyLetterView.as_view(), name="family_letter"),
    path("<slug:reference>/safeguarding/", safeguarding.SafeguardingView.as_view(), name="safeguarding"),
    path("<slug:reference>/safeguarding/suspect/", safeguarding.SuspectView.as_view(), name="suspect"),
    path("<slug:reference>/safeguarding/<int:pk>/letter/", safeguarding.LetterView.as_view(), name="referral_letter"),
    path(
        "<slug:reference>/safeguarding/<int:pk>/<slug:move>/",
        safeguarding.ReferralMoveView.as_view(),
        name="referral_move",
    ),
    path("<slug:reference>/note/", views.NoteView.as_view(), name="note"),
    path("<slug:reference>/timeline/", views.TimelineView.as_view(), name="timeline"),
    *work,
]

answers = [
    path("", views.AnswersView.as_view(), name="list"),
    path("results/", views.AnswersView.as_view(results_only=True), name="list_results"),
    path("links/", saved_links.SavedLinksView.as_view(), name="links"),
    path("links/results/", saved_links.SavedLinksView.as_view(results_only=True), name="links_results"),
    path("links/<uuid:draft_id>/stop/", saved_links.StopLinkView.as_view(), name="stop_link"),
    path("<slug:reference>/", views.OneAnswerView.as_view(), name="one"),
    path("<slug:reference>/files/<uuid:file_id>/", views.AnswerFileView.as_view(), name="file"),
    path("<slug:reference>/files/<uuid:file_id>/preview/", views.AnswerPreviewView.as_view(), name="preview"),
]
