A document without a picture gets no folder for pictures; one that somebody else made stays.
--- use tiny_py310.json
--- cmd
memsee -q --render -o report.md -e 'read tiny_py310.json' 'select count(*) n from obj'; ls
mkdir report.pictures
memsee -q --render -o report.md -e 'read tiny_py310.json' 'select count(*) n from obj'; ls
memsee -q -o svg:asked/ -e 'read tiny_py310.json' 'select count(*) n from obj'; ls
--- stdout
report.md
tiny_py310.json
report.md
report.pictures
tiny_py310.json
asked
report.md
report.pictures
tiny_py310.json
