"""How text gets in and out without losing a byte."""
