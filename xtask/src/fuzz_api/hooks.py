"""What schemathesis is told beside the document: who asks, and what is there."""

import known_ids  # noqa: F401
import sign_in  # noqa: F401
