Gephi and its like take only well-formed files, so no value of a dump may break one.
--- needs xmllint
--- use graphml.xsd
--- use strings_py27.json
--- use strings_py310.json
--- use tiny_py310.json
--- cmd
for dump in strings_py27 strings_py310 tiny_py310; do
	memsee -q -D to=$dump.graphml -f csv graphml $dump.json | sed -n 2,9p
	xmllint --noout --schema graphml.xsd $dump.graphml 2>&1
done
--- stdout
strings_py27.graphml,201,67,56889
strings_py27.graphml validates
strings_py310.graphml,183,64,52557
strings_py310.graphml validates
tiny_py310.graphml,213,311,69515
tiny_py310.graphml validates
