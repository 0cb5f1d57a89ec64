"""Ligafix inside other tools' pipelines; each needs its tool."""
