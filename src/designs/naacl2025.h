#pragma once

#include "designs/parts.h"

namespace canvass {

// The study design of the NAACL 2025 paper on first-token alignment (arXiv 2502.07068) for the
// World Values Survey, wave 7.
//   Countries: C2 and C3 as listed there, C1 all others; Northern Ireland is left out.
//   Questions by number: Q1 = 1-163, Q2 = 164-198, Q3 = 199-259; 82, 94-105 and 223 are left out.
//   Parts: train (C1Q1), valid (C1Q2), test-C1Q3, test-C2Q1, test-C2Q3, test-C3Q1, test-C3Q3.
// Nigeria and Morocco are in C2 and in C3, so that their items are in two parts each. With `repair`
// they are in C2 only, which then is all of the surveyed African countries, and C3 has none of
// them.
//
// The notes name the design's faults, what is left out, and the countries that are missing from the
// survey. Throws Error if no part has an item.
Parts splitNaacl2025(const Survey& survey, bool repair);

}  // namespace canvass
