"""The report: what became of some documents, as one page that looks nothing up and sends nothing anywhere."""

from ligafix.audit.report.page import ASSETS, make_page
from ligafix.audit.report.payload import make_payload

__all__ = ["ASSETS", "make_page", "make_payload"]
