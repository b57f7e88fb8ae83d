"""The open corpora written for this project, and what is made of them."""
