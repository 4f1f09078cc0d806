"""Result in, text out: terminal, Markdown, HTML pages, circuit drawings, CSV.

outline     what a report says, in one language; every string in it is safe to show
terminal    outline → rich          class_table   the class on a terminal
markdown    outline → Markdown      html          outline → pages (page.html, class.html, base.html, page.css)
circuit     a traced circuit → netlist or SVG;  layers, spacing, wiring lay it out, shapes draws it
tables      Results → grades.csv    mistakes      what a class got wrong most
labels      the interface words
"""
