"""A whole installation in one file: taken while everything runs, put back only where it fits.

An archive is a tar file of two members: ``manifest.json`` says what it was made of (:mod:`manifest`), ``database`` is what the
database's own tools write (:mod:`postgresql`, :mod:`sqlite`).
"""
