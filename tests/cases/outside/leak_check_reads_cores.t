Three cores of one process say what leaks, and what holds it.
--- use leaky_core_0.zst
--- use leaky_core_1.zst
--- use leaky_core_2.zst
--- cmd
memsee --sysroot /nowhere leak-check leaky_core_0.zst leaky_core_1.zst leaky_core_2.zst 2>err | sed -n '1,/^```/p'
--- stdout
# Leak check

2 leaks in 3 generations:

LeakedSession +120 (60, 120, 180): monotonic, 44760 bytes with all that hangs on it

`held by function .__globals__ dict ['AFTER_REQUEST'] list [] function .__closure__ tuple <closure session> cell .cell_contents LeakedSession`

UploadHandler +80 (40, 80, 120): monotonic, 24512 bytes with all that hangs on it

`held by function .__globals__ dict ['REGISTRY'] Registry .entries list [] dict ['handler'] UploadHandler`

**no leak\: what is at fault**

| class         | state | verdict   | growth |  g1 |  g2 |  g3 | bytes_growth | module     | signature                                                    |         address |
| ------------- | ----- | --------- | -----: | --: | --: | --: | -----------: | ---------- | ------------------------------------------------------------ | --------------: |
| LeakedSession | new   | monotonic |    120 |  60 | 120 | 180 |        44760 | `__main__` | `function .__globals__ dict ['AFTER_REQUEST'] list [] function .__closure__ tuple <closure session> cell .cell_contents L` …+12 | 140244785463152 |
| UploadHandler | new   | monotonic |     80 |  40 |  80 | 120 |        24512 | `__main__` | `function .__globals__ dict ['REGISTRY'] Registry .entries list [] dict ['handler'] UploadHandler` | 140244785462784 |

**no leak\: what holds the first of them**

|         address | reference           | type          | repr            | size |
| --------------: | ------------------- | ------------- | --------------- | ---: |
| 140244787415616 | ∘                   | function      | `<module>`      |  160 |
| 140244787762816 | `.__globals__`      | dict          | `dict`          |  464 |
| 140244787448256 | `['AFTER_REQUEST']` | list          | `list`          | 1656 |
| 140244785502048 | `[60]`              | function      | `after`         |  160 |
| 140244785452160 | `.__closure__`      | tuple         | `tuple`         |   48 |
| 140244785532928 | `<closure session>` | cell          | `cell`          |   40 |
| 140244785463152 | `.cell_contents`    | LeakedSession | `LeakedSession` |   48 |

```mermaid
