"""How fast Checklist is, beside its peers. Each subject is a module with ``report() -> str``."""
