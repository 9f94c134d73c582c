#include "microdata/draft/demographics.h"

#include <array>

#include "microdata/draft/phrase_table.h"

namespace canvass {
namespace {

struct DemographicWords {
  Demographic demographic;
  const char* name;
  const char* phrase;
  const char* variables;  // whole names
  const char* labels;     // whole labels, in the languages of the large survey programs
};

constexpr std::array<DemographicWords, 6> rows{{
    {Demographic::wave, "wave", "someone asked in {wave}", "", ""},
    {Demographic::country, "country", "someone from {country}",
     "country|cntry|B_COUNTRY|B_COUNTRY_ALPHA|C_COUNTRY|nation|ctry|pais|idenpa|pays|land|isocntry",
     "country|country code|country of residence|country of interview|name of country|"
     "country in which respondent lives|pays|país|pais|land|Paese|nazione|ülke|страна|країна|"
     "страна "
     "проживания|kraj|země|krajina|ország|țară|χώρα|البلد|الدولة|国家|國家|国|나라|국가|negara|"
     "nchi"},
    {Demographic::sex, "sex", "a {sex}",
     "sex|gender|gndr|riagendr|sexe|sexo|geschlecht|sesso|cinsiyet|plec|kon",
     "sex|gender|sex gender|gender sex|male or female|are you male or female|are you a man or a "
     "woman|"
     "what is your gender|what is your sex|gender identity|how do you describe your gender|"
     "sexe|genre|sexe du répondant|sexe de l'enquêté|sexe de la personne interrogée|sexo|género|"
     "sexo del entrevistado|sexo del encuestado|sexo de la persona entrevistada|"
     "sexo do entrevistado|sexo do respondente|gênero|Geschlecht|Geschlecht der Befragten|"
     "Geschlecht des Befragten|Geschlecht Befragte r|sesso|genere|geslacht|kön|køn|kjønn|sukupuoli|"
     "płeć|pohlaví|pohlavie|nem|a kérdezett neme|gen|sex respondent|пол|пол респондента|стать|"
     "стать респондента|φύλο|cinsiyet|cinsiyetiniz|الجنس|النوع|جنس|جنسيت|מין|性别|性別|성별|लिंग|"
     "jenis kelamin|jinsia|giới tính|เพศ"},
    {Demographic::age, "age", "someone aged {age}",
     "age|agea|ridageyr|age years|ageyrs|agegroup|age group|agegrp|agecat|edad|alter|eta|yas|idade",
     "age|exact age|age exact|age in years|age years|age at interview|age group|age groups|"
     "age category|age categories|age recoded|age of respondent calculated|respondent s age|"
     "how old are you|what is your age|your age|âge|âge du répondant|âge de l'enquêté|"
     "quel âge avez vous|edad|edad del entrevistado|edad del encuestado|edad en años|idade|"
     "idade do entrevistado|Alter|Alter der Befragten|Alter des Befragten|età|leeftijd|ålder|alder|"
     "ikä|wiek|věk|vek|életkor|kor|vârsta|vârstă|возраст|возраст "
     "респондента|вік|ηλικία|yaş|yaşınız|"
     "العمر|السن|سن|גיל|年龄|年齡|年齢|나이|연령|उम्र|umur|usia|umri|tuổi|อายุ"},
    {Demographic::education, "education", "someone whose education is: {education}",
     "educ|education|edulvlb|eisced|degree|edu|educacion|escolaridade|bildung",
     "level of education|highest education|highest level of education|education level|"
     "educational attainment|educational level|education|highest educational level|"
     "highest level of education completed|highest level of education attained|"
     "education of respondent|niveau d'éducation|niveau d'études|niveau d'instruction|éducation|"
     "diplôme|diplôme le plus élevé|nivel educativo|nivel de estudios|nivel de educación|educación|"
     "escolaridad|estudios|escolaridade|nível de escolaridade|educação|instrução|Bildung|"
     "Schulabschluss|höchster Schulabschluss|höchster Bildungsabschluss|Bildungsabschluss|"
     "Bildungsniveau|titolo di studio|istruzione|livello di istruzione|opleiding|opleidingsniveau|"
     "utbildning|uddannelse|utdanning|koulutus|wykształcenie|vzdělání|vzdelanie|"
     "iskolai végzettség|educație|nivel de educație|образование|уровень образования|освіта|"
     "рівень освіти|εκπαίδευση|eğitim|eğitim durumu|المستوى "
     "التعليمي|التعليم|教育程度|受教育程度|学历|"
     "最終学歴|学歴|학력|교육수준|pendidikan|elimu"},
    {Demographic::region, "region", "someone from {region}",
     "region|state|province|provincia|bundesland|departamento|estado",
     "region|region of interview|region of residence|region of country|regions|province|state|"
     "région|regions of country|province de résidence|región|provincia|departamento|"
     "comunidad autónoma|comunidad autonoma|estado|região|Bundesland|regione|regio|provincie|"
     "län|landsdel|maakunta|region zamieszkania|województwo|kraj "
     "bydliště|régió|megye|regiune|județ|"
     "регион|область|федеральный "
     "округ|регіон|περιφέρεια|bölge|il|المنطقة|المحافظة|الولاية|地区|省份|省|"
     "都道府県|지역|provinsi|mkoa"},
}};

// "Gender of the respondent" is "gender".
constexpr const char* respondents =
    "of respondent|of the respondent|of respondents|of interviewee|of the interviewee|of person|"
    "of R|R s|Rs|R|respondent s|respondents|respondent|resp|recode|recoded|codes|"
    "du répondant|de l'enquêté|del entrevistado|del encuestado|do entrevistado|des Befragten|"
    "der Befragten|dell'intervistato|респондента|respondenta";

struct Tables {
  PhraseTable variables;
  PhraseTable labels;
  PhraseTable respondents;
};

const Tables& tables() {
  static const Tables all = [] {
    Tables made;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      made.variables.add(rows[i].variables, i);
      made.labels.add(rows[i].labels, i);
    }
    made.respondents.add(respondents, 0);
    return made;
  }();
  return all;
}

// Without whose it is, at either end.
std::vector<LabelWord> withoutRespondent(std::vector<LabelWord> words) {
  const PhraseTable& table = tables().respondents;
  const auto begins = table.at(words, 0);
  if (!words.empty() && !begins.empty() && begins.front().words < words.size()) {
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begins.front().words));
  }
  for (std::size_t at = 1; at < words.size(); ++at) {
    const auto found = table.at(words, at);
    if (found.empty() || at + found.front().words != words.size()) continue;
    words.resize(at);
  }
  return words;
}

}  // namespace

const char* demographicName(Demographic demographic) {
  return rows[static_cast<std::size_t>(demographic)].name;
}

const char* demographicPhrase(Demographic demographic) {
  return rows[static_cast<std::size_t>(demographic)].phrase;
}

std::optional<Demographic> guessDemographic(std::string_view name, std::string_view label) {
  const auto byName = tables().variables.whole(name);
  if (byName.words > 0) return rows[byName.meaning].demographic;
  for (const std::string_view text : {label, withoutNumber(label)}) {
    const auto words = labelWords(text);
    for (const std::string& whole :
         {joinedWords(text),
          joinedWords(withoutRespondent(words), 0, withoutRespondent(words).size())}) {
      const auto found = tables().labels.whole(whole);
      if (found.words > 0) return rows[found.meaning].demographic;
    }
  }
  return std::nullopt;
}

}  // namespace canvass
