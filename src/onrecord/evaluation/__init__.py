"""How right records are: measured on gold that people made, with intervals and the list of what is wrong."""
