"""One verb per file: load from the store, decide by policy and rules, save to the store."""
