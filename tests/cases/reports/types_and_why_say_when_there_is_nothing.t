Tables without rows say what that means, also for a type or condition that no object has.
--- use tiny_py310.json
--- cmd
memsee -q types -D type=Nope tiny_py310.json > types.md
memsee -q why -D what="type = 'Nope'" tiny_py310.json > why.md
for f in types.md why.md; do grep -c 'No rows' $f; grep -i -A1 'no rows mean\|no rows here\|where there are none' $f; done
--- stdout
5
**0 instances** take 0 bytes themselves. Where there are none all tables below
are empty: a type is spelt as in `memsee summary`, upper and lower case told apart.
--
The largest first, by what each owns; no rows mean that no root leads to any.

--
Types of the objects that refer to instances directly; no rows mean that nothing does.

--
Look for what should be shared or gone; no rows mean that they refer to nothing.

--
From the roots; many instances held in one way have one cause. No rows mean that no root
leads to any.
3
have one cause. No rows mean that no root leads to
such an object: there is none, or it is garbage. Names with ? are inferred from the order of references.
