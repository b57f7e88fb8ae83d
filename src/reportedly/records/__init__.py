"""Every type that flows between the stages. Imports nothing else of the package."""
