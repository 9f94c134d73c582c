#pragma once

// CANVASS_CLONES before a function compiles it for new processors too; what it calls has no code of
// its own there but is part of it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define CANVASS_CLONES __attribute__((target_clones("arch=x86-64-v3", "default"), flatten))
#else
#define CANVASS_CLONES
#endif
