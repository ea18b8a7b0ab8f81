"""The local token issuer: stands for the city's identity provider where there is none.

Here: its signing key, the tokens it mints and the two documents a verifier reads.
Not here: what a token's bearer may do; that stands in the city's own staff file.
"""

from sim.issuer.documents import write_documents
from sim.issuer.keys import Issuer, open_issuer
from sim.issuer.tokens import mint, worker_subject

__all__ = ["Issuer", "mint", "open_issuer", "worker_subject", "write_documents"]
