# SPDX-License-Identifier: MIT
# Turns style sheets and a script into C: one array of lines a file, ended by NULL, which is
# named as the file: page.css becomes page_css.  Indentation and lines that are comment alone
# stay out; a comment of several lines begins each with `/*` or ` *`.
FNR == 1 {
	if (NR > 1)
		print "\tNULL,\n};\n"
	name = FILENAME
	sub(/.*\//, "", name)
	gsub(/[^a-z]/, "_", name)
	print "extern const char *const " name "[];"
	print "const char *const " name "[] = {"
}
{
	sub(/^[ \t]+/, "")
	if ($0 == "" || $0 ~ /^\/\// || $0 ~ /^\/\*/ || $0 ~ /^\* / || $0 == "*/")
		next
	gsub(/\\/, "&&")
	gsub(/"/, "\\042")
	print "\t\"" $0 "\\n\","
}
BEGIN {
	print "/* Made by src/output/strings.awk. */"
	print "#include <stddef.h>\n"
}
END {
	print "\tNULL,\n};"
}
