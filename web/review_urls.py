"""The addresses of the page of one invoice and of what is done there."""

from django.urls import path

from web.views import corrections, decisions, pages, review

urlpatterns = [
    path("", review.invoice, name="invoice"),
    path("live/", review.live_invoice, name="invoice-live"),
    path("retry/", review.retry, name="invoice-retry"),
    path("document/", pages.document, name="document"),
    path("pages/", pages.pages, name="pages"),
    path("pages/<int:number>/", pages.page, name="page"),
    path("pages/<int:number>/words/", pages.words, name="page-words"),
    path("correct/", corrections.correct, name="correct"),
    path("lines/", corrections.lines, name="correct-lines"),
    path("restore/", corrections.restore, name="restore-version"),
    path("suggestion/", corrections.suggestion, name="suggestion"),
    path("approve/", decisions.approve, name="approve"),
    path("reject/", decisions.reject, name="reject"),
    path("reopen/", decisions.reopen, name="reopen"),
    path("assign/", decisions.assign, name="assign"),
    path("comment/", decisions.comment, name="comment"),
]
