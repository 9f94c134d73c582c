#include "base/error.h"
#include "parsers.h"
#include "survey/survey_file.h"

namespace canvass::fuzz {

void survey(std::string_view bytes) try {
  // What is read is written so that it reads back.
  parseSurvey(surveyToJsonl(parseSurvey(bytes, "fuzz")), "written");
} catch (const Error&) {
}

}  // namespace canvass::fuzz
