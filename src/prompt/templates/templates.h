#pragma once

#include "prompt/template.h"

// The built-in templates, each in a file of its own. A new one: write its file here, declare its
// object below, and add a line to the table in template.cc.
namespace canvass {

// The wording of the SimLLMCultureDist paper (arXiv 2502.07068), so that its figures can be
// compared: the population first, then the question.
const Template& paperTemplate();

// The question first and the population last, so that all populations share one prefix, which the
// engine computes once.
const Template& questionFirstTemplate();

}  // namespace canvass
