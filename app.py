"""The chat page: ``python app.py`` opens it over the interviews in ``seeds/``."""

import sys

from rag.ui.serve import main

if __name__ == "__main__":
    sys.exit(main())
