"""Whole corpora: two passes over folders and files of records, on many workers."""

from __future__ import annotations

from ligafix.corpus.records import clean_record
from ligafix.corpus.run import Batch, local_engine, run_batch
from ligafix.corpus.summary import Summary
from ligafix.evidence.group import FittedGroup, GroupEvidence

__all__ = ["Batch", "FittedGroup", "GroupEvidence", "Summary", "clean_record", "local_engine", "run_batch"]
