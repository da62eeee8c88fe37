The first line of a script may name memsee as its interpreter.
--- file hello.memsee
#!/usr/bin/env memsee
# hello - says hello
echo hello $1
--- cmd
chmod +x hello.memsee && ./hello.memsee world
--- stdout
hello world
--- cmd
memsee hello.memsee --help
--- stdout
hello - says hello
