White space at the beginning continues; with nothing to continue it is a mistake.
--- file indented.memsee
# a comment
   select 1
--- cmd
memsee indented.memsee
--- stderr
indented.memsee:2:4: an indented line continues the command above it, but there is none right above
     select 1
     ^
--- status 2
