//! First names that are frequent among adults, in five languages: two capitals of which the first is one of these are a
//! person whoever introduces them. A list and no more: a name that is missing is still found by what introduces it.
//! Names that are ordinary words or towns as well ("Will", "May", "Sofia" in a timetable) are left out.

use super::lists::WordList;

/// Folded beginnings; `*` stands for the endings of cases and short forms.
pub(super) static GIVEN_NAMES: WordList = WordList::new(
    "james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony steven paul andrew joshua \
     kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott \
     brandon benjamin samuel gregory alexander patrick raymond dennis jerry tyler aaron adam nathan henry douglas peter kyle simon ian \
     graham stuart alan neil nigel colin martin keith derek trevor philip oliver harry jack liam callum ewan gareth rhys sean declan \
     mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily \
     donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela \
     emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce \
     virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa sara janice \
     shanice harriet eleanor desmond gwen imogen freya isla poppy aisha mohammed muhammad ahmed priya connor dylan owen hugh clive leonard stanley \
     albert arthur walter gerald roger geoffrey rupert felicity georgina yvonne lorna esther marion dorothy edith irene rosemary pauline lesley jodie \
     natasha gemma leanne tara naomi zoe molly ella luke tom nick chris mike dave steve tony jeremy marcus gordon malcolm bernard howard \
     jean alice julia claire fiona gillian lorraine tracey alison sheila maureen doreen beryl siobhan bridget lucy sophie chloe \
     jan jana janem janowi andrzej* krzysztof* piotr* pawel pawla pawlowi stanislaw* tomasz* tomek* marcin* marek marka markiem marku marcie \
     michal* grzegorz* jerzy jerzego jerzemu tadeusz* adam* lukasz* zbigniew* ryszard* dariusz* henryk* mariusz* kazimierz* wojciech* robert* \
     mateusz* rafal* jacek jacka janusz* mieczyslaw* maciej* slawomir* jaroslaw* kamil* wieslaw* roman* wladyslaw* jakub* artur* zdzislaw* \
     edward* miroslaw* dawid* arkadiusz* leszek leszka bartosz* bartek* witold* bogdan* czeslaw* przemyslaw* waldemar* zenon* \
     anna anne anny annie ania anie anko ewa ewe ewy ewie katarzyn* kasia kasi kasie malgorzat* agnieszk* krystyn* barbar* basia elzbiet* zofi* \
     jadwig* teres* magdalen* monik* jann* joann* danut* iren* halin* helen* beat* aleksandr* mari* dorot* grazyn* bozen* stanislaw* urszul* renat* \
     iwon* wand* alicj* wieslaw* jolant* henryk* natali* sylwi* ewelin* wiolett* leokadi* karolin* paulin* kazimier* regin* genowef* \
     kinga kingi kinge kindze patrycj* izabel* weronik* justyn* sebastian* konrad* hubert* gabriel* kacper* szymon* filip* dominik* oskar* \
     lucyn* hann* zuzann* klaudi* bronislaw* franciszk* franciszek antoni* emili* aniel* aneta anety anecie marzen* iza ola kuba \
     александр* серге* дмитри* андре* алексе* максим* евгени* владимир* иван* михаил* николаи николая николаю павел павла павлу артем* игор* олег* юрии юрия юрию \
     роман* виктор* анатоли* валери* васили* константин* денис* антон* вячеслав* станислав* борис* геннади* григори* леонид* тимур* руслан* арту* \
     петр петра петру федор* егор* кирилл* илья илью ильи семен* аркади* виталии виталия эдуард* \
     елен* ольг* татьян* наталь* наташ* ирин* светлан* свет марин* екатерин* катя кате юли* анна анну анне анны мария марию марии марья людмил* галин* надежд* \
     валентин* лариса ларисе ларису лидия лидии лидию тамар* дарья дарье дарью полин* ксени* алена алене виктори* анастаси* настя вера вере нин* раис* зинаид* антонин* \
     рашид* ринат* ильдар* марат* зоя зои зое клавди* жанн* инна инны инне эльвир* гульнар* снежан* маргарит* ярослав* глеб* матве* захар* тарас* \
     вадим* герман* филипп* софья софьи варвар* кристин* камил* азамат* тимофе* степан* \
     света свету свете оля оле таня тане лена лене наталия \
     γιωργ* γεωργ* δημητρη* δημητρ* κωστα* κωνσταντιν* γιαννη* ιωανν* νικο* νικολα* χρηστο* παναγιωτη* βασιλη* βασιλ* αθανασι* θαναση* μιχαλη* μιχαηλ \
     αντωνη* σπυρο* ηλια* σταυρο* ευαγγελ* βαγγελη* αναστασι* τασο* θοδωρη* θεοδωρ* αλεξανδρ* πετρο* λεωνιδα* στελιο* στεφανο* μανωλη* εμμανου* \
     ανδρεα* σωτηρη* αποστολο* ηρακλη* αριστειδη* περικλη* μαρια* ελενη* αικατερινη* κατερινα* βασιλικη* σοφια* αγγελικη* γεωργια* \
     ευαγγελια* δημητρα* παρασκευη* αναστασια* ειρηνη* αννα* χριστινα* φωτεινη* ευαγγελια* δεσποινα* σταυρουλα* ιωαννα* χρυσουλα* κυριακη \
     χρυσα* ευσταθι* σταθη* σταματη* φωτη* χαραλαμπ* μπαμπη* λευτερη* ελευθερι* θωμα* κυριακο* παυλο* νικη* ζωη* δωρα* βαρβαρα* ολγα* ναταλια* ευη* \
     φανη* ευδοκια* αγγελο* ιασον* ορεστη* φιλιππο* γρηγορη* ραλλου μαρινα* σοφη* αρετη* πηνελοπη* \
     παναγιωτα* αλεξανδρα* λαμπρινη* καλλιοπη* στελλα* ελπιδα* μαργαριτα* βασω* ευτυχια* \
     laszlo* istvan* jozsef* janos* zoltan* sandor* ferenc* gabor* attila* peter* tamas* zsolt* tibor* andras* csaba* imre* lajos* gyorgy* \
     balazs* gyula* mihaly* karoly* robert* bela* daniel* adam* krisztian* miklos* norbert* david* mate* arpad* dezso* erno* geza* kalman* \
     maria* erzsebet* katalin* ilona* eva* anna* zsuzsanna* margit* judit* agnes* julianna* andrea* ildiko* erika* krisztina* iren* \
     eszter* magdolna* monika* edit* gabriella* szilvia* anita* viktoria* aniko* marta* tunde* piroska* terez* timea* zsofia* nora* \
     marton* hajnalka* dorottya* fanni* petra* kinga* bence* gergely* gergo* akos* botond* levente* aranka* jolan* valeria* emese* boglarka* csilla* \
     henrietta* melinda* noemi* rita* ottilia* virag* richard* roland* adrienn* bernadett* beata* renata* veronika* lilla* vivien* \
     reka* dora* klara* rozalia* gizella* iboly* orsolya* kati katika erzsi laci pista jutka marika zsuzsa",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_in_the_form_that_words_are_compared_in() {
        GIVEN_NAMES.check_is_folded();
    }
}
