"""Tests; a package, so that they can share fixtures and small models."""
