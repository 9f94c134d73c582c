#include "microdata/draft/demographics.h"
#include "microdata/draft/label_order.h"
#include "microdata/draft/non_answers.h"
#include "parsers.h"

namespace canvass::fuzz {

void label(std::string_view bytes) {
  readNonAnswer(bytes);
  guessDemographic(bytes, bytes);
  looksOrdered({std::string(bytes), "2 or more", std::string(bytes)});
}

}  // namespace canvass::fuzz
