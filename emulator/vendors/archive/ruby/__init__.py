"""graphql-ruby, the library behind Archive's servers, as far as a client can tell (facts/archive-v1.md, 8 to 10).

graphql-core gives the types of the schema and their introspection. Documents are read, validated and executed here, as
the library's rules, their order, and its words for what is wrong are its own.
"""

from emulator.vendors.archive.ruby.document import Document, Library
from emulator.vendors.archive.ruby.scalars import Uncoercible
from emulator.vendors.archive.ruby.version import DEBIAN, Version

__all__ = ["DEBIAN", "Document", "Library", "Uncoercible", "Version"]
