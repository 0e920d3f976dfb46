"""French news dispatches into aligned English and Chinese, with summaries."""

__version__ = "0.1.0"
