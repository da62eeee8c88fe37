Three cores of one process say what leaks, and what holds it.
--- use leaky_core_0.zst
--- use leaky_core_1.zst
--- use leaky_core_2.zst
--- cmd
memsee --sysroot /nowhere leak-check leaky_core_0.zst leaky_core_1.zst leaky_core_2.zst 2>err | sed -n '1,/^```/p'
--- stdout
# Leak check

2 leaks in 3 dumps:

LeakedSession +120 (60, 120, 180): monotonic, 44760 bytes with all that hangs on it

`held by module __main__ .AFTER_REQUEST list [] function .__closure__ tuple <closure session> cell .cell_contents LeakedSession`

UploadHandler +80 (40, 80, 120): monotonic, 24176 bytes with all that hangs on it

`held by module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler`

**no leak: what is at fault**

| class         | state | verdict   | growth |  g1 |  g2 |  g3 | bytes_growth | module     | signature                                                    |         address |
| ------------- | ----- | --------- | -----: | --: | --: | --: | -----------: | ---------- | ------------------------------------------------------------ | --------------: |
| LeakedSession | new   | monotonic |    120 |  60 | 120 | 180 |        44760 | `__main__` | `module __main__ .AFTER_REQUEST list [] function .__closure__ tuple <closure session> cell .cell_contents LeakedSession` | 140244785463152 |
| UploadHandler | new   | monotonic |     80 |  40 |  80 | 120 |        24176 | `__main__` | `module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler` | 140244785462784 |

**no leak: what holds them**

| leak          | reference           | type          | name                                           | size | retained | grows          |         address |
| ------------- | ------------------- | ------------- | ---------------------------------------------- | ---: | -------: | -------------- | --------------: |
| LeakedSession | ∘                   | module        | `__main__`                                     |   72 |       72 | ∘              | 140244787573392 |
| LeakedSession | `.__dict__`         | dict          | `__main__.__dict__`                            |  464 |   118919 | ∘              | 140244787762816 |
| LeakedSession | `.AFTER_REQUEST`    | list          | `__main__.AFTER_REQUEST`                       | 1656 |    68730 | 60 → 120 → 180 | 140244787448256 |
| LeakedSession | `[60]`              | function      | `__main__.AFTER_REQUEST[60]`                   |  160 |      373 | ∘              | 140244785502048 |
| LeakedSession | `.__closure__`      | tuple         | `__main__.AFTER_REQUEST[60].__closure__`       |   48 |      213 | ∘              | 140244785452160 |
| LeakedSession | `<closure session>` | cell          | `__main__.AFTER_REQUEST[60].<closure session>` |   40 |      165 | ∘              | 140244785532928 |
| LeakedSession | `.cell_contents`    | LeakedSession | `__main__.AFTER_REQUEST[60].<closure session>` |   48 |      125 | ∘              | 140244785463152 |
| UploadHandler | ∘                   | module        | `__main__`                                     |   72 |       72 | ∘              | 140244787573392 |
| UploadHandler | `.__dict__`         | dict          | `__main__.__dict__`                            |  464 |   118919 | ∘              | 140244787762816 |
| UploadHandler | `.REGISTRY`         | Registry      | `__main__.REGISTRY`                            |   48 |    36620 | ∘              | 140244785451984 |
| UploadHandler | `.entries`          | list          | `__main__.REGISTRY.entries`                    | 1080 |    36572 | 40 → 80 → 120  | 140244787450240 |
| UploadHandler | `[40]`              | dict          | `__main__.REGISTRY.entries[40]`                |  184 |      284 | ∘              | 140244785465600 |
| UploadHandler | `['handler']`       | UploadHandler | `__main__.REGISTRY.entries[40]['handler']`     |   48 |      100 | ∘              | 140244785462784 |

```mermaid
