#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "designs/parts.h"

namespace canvass {

struct PictureKind {
  const char* name;
  const char* picture;  // as the drawing code calls it
  const char* title;
  const char* summary;
};

std::span<const PictureKind> pictureKinds();

struct PictureTask {
  std::string kind;              // the name of one
  std::vector<Part> parts = {};  // of a study; else an evaluation is drawn
  std::string evaluation = {};   // map: a file that evaluate wrote as JSON; one figure per country
  std::string run = {};          // which one of the file, if it has several
  std::string metric = "js_similarity";  // which figure
  bool respondents = false;              // coverage: how many answered, instead of the parts
  std::string title = {};                // empty: the default one
  std::string theme = "light";           // or "dark"
  int width = 960;                       // pixels
};

// The request to the drawing code (tasks/drawing.h); "title" is in it. Throws Error if there is
// nothing to draw.
Json pictureRequest(const PictureTask& task);

}  // namespace canvass
