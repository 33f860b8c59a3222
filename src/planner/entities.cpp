#include "planner/entities.hpp"

#include <vector>

#include "base/text.hpp"

namespace confab::planner {

namespace {

constexpr std::string_view full_name = R"({"generator": "person", "field": "full_name"})";
constexpr std::string_view any_company = R"({"generator": "company", "field": "name"})";

constexpr std::string_view order_states = "delivered 60|shipped 14|processing 10|pending 8|cancelled 8";
constexpr std::string_view payment_states = "completed 84|pending 7|failed 5|refunded 4";
constexpr std::string_view booking_states = "completed 55|confirmed 28|cancelled 11|pending 6";
constexpr std::string_view task_states = "done 45|in_progress 25|todo 20|blocked 10";
constexpr std::string_view project_states = "completed 40|active 38|planned 12|on_hold 6|cancelled 4";
constexpr std::string_view member_states = "active 82|inactive 13|suspended 5";
constexpr std::string_view ticket_states = "closed 55|open 20|in_progress 17|pending 8";
constexpr std::string_view loan_states = "returned 76|on_loan 18|overdue 6";
constexpr std::string_view published_states = "published 76|draft 17|archived 7";
constexpr std::string_view ship_states = "delivered 72|in_transit 16|pending 8|returned 4";
constexpr std::string_view stock_states = "available 78|out_of_stock 13|discontinued 9";
constexpr std::string_view room_states = "available 62|occupied 30|maintenance 8";

using Kind = EntityKind;

constexpr Entity entities[] = {
    // people
    {"customer|client|buyer|shopper|consumer|purchaser", Kind::person, full_name, "employee", member_states},
    {"user|account holder|app user|web user|login", Kind::person, full_name, "employee", member_states},
    {"employee|staff|worker|personnel|staff member|team member|sale rep|sale person|salesperson|technician|engineer|developer|consultant|waiter|chef|cashier", Kind::person, full_name, "employee", "active 88|on_leave 5|terminated 7"},
    {"manager|supervisor|boss|lead|director|executive|head|principal|dean|chairman|president|ceo|officer|administrator|admin|moderator|assistant|operator", Kind::person, full_name, "employee", member_states},
    {"person|individual|human|contact|contact person|emergency contact|parent|guardian|father|mother|spouse|child|friend|sibling|family member|relative|dependent|beneficiary|nominee|profile|citizen|resident|representative|recipient|sender|receiver|owner|creator|applicant|candidate|participant|attendee|volunteer|donor|witness|visitor|holder|cardholder|card holder|reporter|assignee|requester|approver", Kind::person, full_name, "employee", member_states},
    {"student|pupil|learner|alumnus|graduate|undergraduate", Kind::person, full_name, "employee", "enrolled 78|graduated 15|suspended 2|withdrawn 5"},
    {"teacher|instructor|professor|lecturer|faculty member|tutor|trainer|advisor|coach|mentor|academic", Kind::person, full_name, "employee", member_states},
    {"patient|case patient", Kind::person, full_name, "patient", "active 80|discharged 18|deceased 2"},
    {"doctor|physician|surgeon|dentist|nurse|therapist|practitioner|veterinarian|vet|clinician|pharmacist|specialist|provider doctor", Kind::person, full_name, "employee", member_states},
    {"author|writer|editor|translator|illustrator|poet|journalist|blogger|contributor|reviewer", Kind::person, full_name, "employee", member_states},
    {"actor|actress|cast member|producer|star|performer|composer|singer|musician|conductor|photographer|model|speaker|presenter|influencer", Kind::person, full_name, "employee", member_states},
    {"member|subscriber|borrower|reader|patron|library member", Kind::person, full_name, "employee", member_states},
    {"passenger|traveler|traveller|guest|driver|rider|courier|pilot|crew member|captain|host|tenant|renter|landlord|lessee|agent|broker|librarian|investor|partner person", Kind::person, full_name, "employee", member_states},
    {"player|athlete|fighter|referee|umpire", Kind::person, full_name, "employee", "active 82|injured 8|retired 10"},
    {"superhero|hero|character|villain", Kind::person, R"({"generator": "person", "field": "nickname"})", "employee", member_states},
    // companies and institutions
    {"company|organization|business|firm|corporation|enterprise|employer|client company|corporate|institution|organisation|operator company|sponsor|partner|merchant|agency|contractor", Kind::company, any_company, "company", member_states},
    {"supplier|vendor|distributor|wholesaler|provider|seller", Kind::company, R"({"generator": "company", "field": "name", "sector": "supplier"})", "company", member_states},
    {"manufacturer|producer company|factory|maker", Kind::company, R"({"generator": "company", "field": "name", "sector": "manufacturing"})", "company", member_states},
    {"publisher|publishing house|imprint", Kind::company, R"({"generator": "vocabulary", "list": "publishers"})", "company", member_states},
    {"shipper|carrier|courier company|logistics provider|delivery company|freight company", Kind::company, R"({"generator": "vocabulary", "list": "shipping_carriers"})", "company", member_states},
    {"bank|bank branch", Kind::company, R"({"generator": "company", "field": "name", "sector": "bank"})", "company", member_states},
    {"insurer|insurance company|insurance provider|insurance", Kind::company, R"({"generator": "company", "field": "name", "sector": "insurance"})", "company", member_states},
    {"airline", Kind::company, R"({"generator": "vocabulary", "list": "airlines"})", "company", member_states},
    {"restaurant|eatery|diner|bistro", Kind::company, R"({"generator": "company", "field": "name", "sector": "restaurant"})", "restaurant", "open 90|closed 6|renovating 4"},
    {"cafe|coffee shop|bar|pub|bakery", Kind::company, R"({"generator": "company", "field": "name", "sector": "cafe"})", "restaurant", "open 90|closed 10"},
    {"hotel|motel|hostel|resort|inn", Kind::company, R"({"generator": "company", "field": "name", "sector": "hotel"})", "property", "open 93|closed 7"},
    {"library|library branch", Kind::company, R"({"generator": "company", "field": "name", "sector": "library"})", "company", "open 93|closed 7"},
    {"school|high school|academy", Kind::company, R"({"generator": "company", "field": "name", "sector": "school"})", "company", member_states},
    {"faculty|academic department|academic faculty", Kind::lookup, R"({"generator": "template", "template": "Faculty of {field}", "fields": {"field": {"generator": "vocabulary", "list": "fields_of_study"}}})", "department", {}},
    {"university|college|alma mater", Kind::company, R"({"generator": "company", "field": "name", "sector": "university"})", "company", member_states},
    {"hospital|clinic|medical center|pharmacy|practice", Kind::company, R"({"generator": "company", "field": "name", "sector": "hospital"})", "company", member_states},
    {"store|shop|outlet|retailer|supermarket|boutique|market", Kind::company, R"({"generator": "company", "field": "name", "sector": "store"})", "company", "open 93|closed 7"},
    {"gym|fitness center|studio", Kind::company, R"({"generator": "company", "field": "name", "sector": "gym"})", "company", "open 93|closed 7"},
    {"franchise|league|club|association|band|sport team", Kind::company, R"({"generator": "title", "of": "team"})", "company", member_states},
    // places
    {"address|location|shipping address|billing address|residence", Kind::place, R"({"generator": "address", "field": "city"})", "property", member_states},
    {"branch|office|site|facility|campus|center|headquarters|depot|plant", Kind::place, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "choice", "values": ["Branch", "Office", "Center"]}}})", "property", "open 93|closed 7"},
    {"warehouse|storage|distribution center|fulfillment center", Kind::place, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "choice", "values": ["Warehouse", "Distribution Center", "Depot"]}}})", "property", "active 92|inactive 8"},
    {"city|town|village|municipality|capital|hometown|birthplace", Kind::place, R"({"generator": "address", "field": "city"})", "property", {}},
    {"district|neighborhood|borough|suburb|ward|county", Kind::place, R"({"generator": "address", "field": "district"})", "property", {}},
    {"stadium|arena|ballpark", Kind::place, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "choice", "values": ["Stadium", "Arena", "Park", "Field", "Dome"]}}})", "property", "active 96|closed 4"},
    {"venue|theater|theatre|cinema|hall|auditorium", Kind::place, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "vocabulary", "list": "venue_types"}}})", "property", "active 92|closed 8"},
    {"parking lot|car park|parking garage|parking facility|parking area", Kind::place, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "choice", "values": ["Parking Garage", "Car Park", "Parking Deck", "Parking Lot"]}}})", "property", "open 95|closed 5"},
    {"farm|ranch|vineyard", Kind::place, R"({"generator": "template", "template": "{owner} {kind}", "fields": {"owner": {"generator": "person", "field": "last_name"}, "kind": {"generator": "choice", "values": ["Farm", "Farms", "Ranch", "Acres", "Family Farm"]}}})", "property", "active 94|closed 6"},
    {"airport", Kind::place, R"({"generator": "vocabulary", "list": "airports", "field": "name"})", "property", {}},
    {"station|stop|port|terminal", Kind::place, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "choice", "values": ["Central", "North", "South", "Terminal", "Junction"]}}})", "property", {}},
    {"building|block|tower", Kind::place, R"({"generator": "template", "template": "{street} {kind}", "fields": {"street": {"generator": "person", "field": "last_name"}, "kind": {"generator": "choice", "values": ["Hall", "House", "Building", "Tower", "Center"]}}})", "property", {}},
    {"room|classroom|hotel room|meeting room|lab|office room|screen|ward room", Kind::place, R"({"generator": "template", "template": "Room {###}"})", "property", room_states},
    {"property|apartment|house|flat|listing|villa|unit property|real estate", Kind::place, R"({"generator": "template", "template": "{adjective} {kind} in {city}", "fields": {"adjective": {"generator": "choice", "values": ["Bright", "Cozy", "Spacious", "Modern", "Quiet", "Sunny", "Renovated", "Charming"]}, "kind": {"generator": "vocabulary", "list": "property_types"}, "city": {"generator": "address", "field": "city"}}})", "property", "available 50|rented 38|sold 12"},
    // things
    {"product|item|good|article product|merchandise|stock item|catalog item|inventory item|variant|product variant|part|component|spare part|lot|goods", Kind::thing, R"({"generator": "product", "field": "name"})", "product", stock_states},
    {"menu item|dish|meal|food|food item|menu|recipe|plate|menu dish", Kind::thing, R"({"generator": "dish", "field": "name"})", "dish", "available 92|sold_out 8"},
    {"ingredient", Kind::lookup, R"({"generator": "vocabulary", "list": "ingredients"})", "dish", {}},
    {"book|novel|publication|title book|textbook", Kind::thing, R"({"generator": "book", "field": "title"})", "book", "available 72|borrowed 20|reserved 5|lost 3"},
    {"book copy|copy", Kind::thing, {}, "book", "available 72|on_loan 22|maintenance 4|lost 2"},
    {"movie|film|video|show|series|episode|documentary|tv show", Kind::thing, R"({"generator": "title", "of": "movie"})", "movie", "released 88|announced 7|in_production 5"},
    {"song|track|single|music", Kind::thing, R"({"generator": "title", "of": "song"})", "movie", {}},
    {"album|record album|release", Kind::thing, R"({"generator": "title", "of": "album"})", "movie", {}},
    {"artist|music artist|group artist", Kind::company, R"({"generator": "title", "of": "artist"})", "employee", {}},
    {"playlist", Kind::thing, R"({"generator": "title", "of": "playlist"})", "movie", {}},
    {"game|video game|app|application|software", Kind::thing, R"({"generator": "title", "of": "game"})", "product", "active 85|retired 15"},
    {"podcast|channel|stream", Kind::thing, R"({"generator": "title", "of": "podcast"})", "article", member_states},
    {"vehicle|car|automobile|truck|bus|van|taxi|fleet vehicle|bike|motorcycle|scooter|aircraft|plane|ship|boat|rental car", Kind::thing, R"({"generator": "vehicle", "field": "name"})", "vehicle", "available 68|in_use 24|maintenance 8"},
    {"animal|pet|dog|cat|horse|livestock|cattle|cow|sheep|goat|herd", Kind::thing, R"({"generator": "choice", "values": ["Bella", "Max", "Luna", "Charlie", "Lucy", "Cooper", "Daisy", "Milo", "Buddy", "Rocky", "Molly", "Bailey", "Sadie", "Duke", "Coco", "Oscar", "Ruby", "Leo", "Nala", "Toby", "Rosie", "Jack", "Penny", "Simba", "Willow", "Finn", "Ginger", "Shadow", "Pepper", "Misty"]})", "patient", "healthy 80|in_treatment 15|deceased 5"},
    {"kitchen equipment|kitchen appliance|kitchen machine|kitchen device|kitchen asset|kitchen tool", Kind::thing, R"({"generator": "vocabulary", "list": "kitchen_equipment"})", "product", "in_use 70|available 18|maintenance 8|retired 4"},
    {"office equipment|office asset|office device|office machine|it equipment|it asset", Kind::thing, R"({"generator": "vocabulary", "list": "office_equipment"})", "product", "in_use 70|available 18|maintenance 8|retired 4"},
    {"asset|equipment|machine|tool|device|hardware|instrument|apparatus|computer|server|resource", Kind::thing, R"({"generator": "vocabulary", "list": "equipment"})", "product", "in_use 70|available 18|maintenance 8|retired 4"},
    {"sensor|meter|probe", Kind::thing, R"({"generator": "vocabulary", "list": "sensors"})", "product", "online 90|offline 7|maintenance 3"},
    {"medication|medicine|drug|prescription drug", Kind::thing, R"({"generator": "vocabulary", "list": "medications"})", "prescription", "available 92|out_of_stock 8"},
    {"plant|flower|tree", Kind::thing, R"({"generator": "vocabulary", "list": "plants"})", "product", {}},
    {"account|bank account|wallet|card|credit card|gift card", Kind::thing, R"({"generator": "vocabulary", "list": "account_types"})", "payment", "active 88|dormant 6|closed 4|frozen 2"},
    {"coupon|promotion|discount|offer|voucher|deal|promo code|promo", Kind::activity, R"({"generator": "title", "of": "promotion"})", "product", "active 40|expired 52|scheduled 8"},
    {"document|file|attachment|upload|image|photo|picture|media|asset file", Kind::thing, R"({"generator": "internet", "field": "file_name"})", "article", published_states},
    {"seat|table|dining table|parking spot|slot|shelf|bin|locker|bed|restaurant table", Kind::place, R"({"generator": "template", "template": "{A}{##}"})", "property", room_states},
    {"service|treatment|procedure", Kind::thing, R"({"generator": "title", "of": "service"})", "product", "active 90|inactive 10"},
    {"plan|subscription plan|package|tier|membership plan", Kind::lookup, R"({"generator": "vocabulary", "list": "subscription_plans"})", "product", "active 88|retired 12"},
    // activities
    {"construction project|building project|infrastructure project|renovation project|construction site", Kind::activity, R"({"generator": "template", "template": "{city} {kind}", "fields": {"city": {"generator": "address", "field": "city"}, "kind": {"generator": "choice", "values": ["Office Park", "Apartments", "Bridge Repair", "Water Main Replacement", "School Extension", "Parking Garage", "Town Hall Renovation", "Retail Center", "Road Widening", "Distribution Warehouse", "Clinic", "Fire Station"]}}})", "project", project_states},
    {"project|initiative|program", Kind::activity, R"({"generator": "title", "of": "project"})", "project", project_states},
    {"task|todo|assignment|job task|activity|work item|subtask|milestone|user story|story|sprint", Kind::activity, R"({"generator": "title", "of": "task"})", "task", task_states},
    {"issue|bug|defect|ticket|support ticket|case|incident|complaint|request|service request|inquiry", Kind::activity, R"({"generator": "title", "of": "issue"})", "ticket", ticket_states},
    {"event|conference|concert|workshop|webinar|session event|performance|exhibition|show event|festival|match|tournament|fixture|race|bout|fight", Kind::activity, R"({"generator": "title", "of": "event"})", "event", "completed 60|scheduled 33|cancelled 7"},
    {"meeting|interview|call", Kind::activity, R"({"generator": "title", "of": "meeting"})", "event", "completed 64|scheduled 30|cancelled 6"},
    {"course|class|subject|lesson|module|training|training course|lecture|course section|section", Kind::activity, R"({"generator": "title", "of": "course"})", "course", "active 70|completed 20|planned 10"},
    {"campaign|marketing campaign|advertisement|ad", Kind::activity, R"({"generator": "title", "of": "campaign"})", "product", "completed 55|active 33|planned 12"},
    {"contract|agreement|policy|insurance policy|lease|rental agreement|subscription|membership|license", Kind::activity, R"({"generator": "title", "of": "contract"})", "thing", "active 66|expired 26|cancelled 8"},
    {"flight|trip|journey|tour|voyage|ride|route", Kind::activity, R"({"generator": "code", "field": "flight"})", "event", "arrived 68|scheduled 22|delayed 6|cancelled 4"},
    {"auction|listing auction|bid", Kind::activity, R"({"generator": "product", "field": "name"})", "product", "closed 70|open 25|cancelled 5"},
    {"survey|quiz|exam|test|poll|questionnaire", Kind::activity, R"({"generator": "title", "of": "survey"})", "course", "closed 60|open 30|draft 10"},
    {"opportunity|deal sale|lead|prospect", Kind::activity, R"({"generator": "company", "field": "name"})", "company", "won 30|lost 32|negotiation 18|qualified 20"},
    {"job|vacancy|job posting|position|opening|job opening", Kind::activity, R"({"generator": "job", "field": "title"})", "job", "open 34|filled 52|closed 14"},
    // documents
    {"order|sale order|customer order|purchase order|work order|online order|food order|purchase|sale|checkout|cart|shopping cart|basket", Kind::document, R"({"generator": "code", "field": "order_number"})", "order", order_states},
    {"invoice|bill|receipt|statement|credit note|quote|quotation|estimate", Kind::document, R"({"generator": "code", "field": "order_number"})", "payment", "paid 78|open 14|overdue 6|void 2"},
    {"claim|insurance claim|warranty claim", Kind::document, {}, "claim", "paid 46|approved 18|under_review 16|filed 12|denied 8"},
    {"showing|viewing|property viewing|open house", Kind::document, {}, "viewing", "completed 76|scheduled 16|cancelled 8"},
    {"payment|transaction|charge|transfer|deposit|withdrawal|payout|donation|fine|refund|expense|fee|bank transaction|payroll|paycheck|salary payment|settlement|sale transaction", Kind::document, {}, "payment", payment_states},
    {"booking|reservation|hotel booking|table reservation|appointment|seat reservation|stay", Kind::document, {}, "appointment", booking_states},
    {"visit|encounter|consultation|admission|checkup|examination|medical visit|checkin", Kind::document, {}, "appointment", "completed 76|scheduled 16|cancelled 5|no_show 3"},
    {"prescription|diagnosis|medical record|lab result|lab test|test result|vaccination|health record|treatment plan", Kind::document, {}, "diagnosis", "active 34|completed 62|cancelled 4"},
    {"loan|book loan|borrowing|checkout loan|lending|issue book|circulation|borrow", Kind::document, {}, "note", loan_states},
    {"rental|hire", Kind::document, {}, "note", "returned 78|active 18|overdue 4"},
    {"shipment|delivery|dispatch|parcel|consignment|stock movement|movement|transfer stock|package shipment", Kind::document, {}, "shipment", ship_states},
    {"return|exchange|rma|product return|return request", Kind::document, {}, "refund", "approved 70|pending 18|rejected 12"},
    {"enrollment|registration|admission student|application form|application|signup|course enrollment|attendee registration", Kind::document, {}, "note", "completed 58|active 30|dropped 8|pending 4"},
    {"attendance|time entry|timesheet|shift|leave|leave request|absence|time off|schedule|work log|time sheet", Kind::document, {}, "note", "approved 78|pending 14|rejected 8"},
    {"maintenance|service record|repair|maintenance record|maintenance log|vehicle service|car service|service history", Kind::document, {}, "maintenance", "completed 78|scheduled 16|in_progress 6"},
    {"inspection|audit report", Kind::document, {}, "incident", "completed 74|scheduled 18|in_progress 8"},
    // lines
    {"order item|order line|order detail|order product|line item|order line item|invoice line|invoice item|invoice detail|cart item|basket item|purchase item|purchase order item|sale item|sale detail|bill item|receipt item|order dish|shipment item|return item|quote line|lineitem|order entry|purchase detail|sale line|item detail", Kind::line, {}, "order", "fulfilled 86|pending 10|cancelled 4"},
    {"inventory|stock|stock level|warehouse stock|product stock|stock entry", Kind::thing, {}, "product", stock_states},
    // writing
    {"review|rating|testimonial|book review|product review|restaurant review", Kind::writing, R"({"generator": "text", "about": "review_title"})", "review", "published 88|pending 9|rejected 3"},
    {"comment|reply|response|answer", Kind::writing, {}, "comment", "approved 88|pending 8|spam 4"},
    {"performance review|employee review|appraisal|evaluation|performance evaluation", Kind::document, {}, "appraisal", "completed 88|draft 12"},
    {"feedback|suggestion|complaint letter", Kind::writing, {}, "feedback", "resolved 60|open 28|in_review 12"},
    {"post|blog post|thread|topic|tweet|status update|forum post|question", Kind::writing, R"({"generator": "title", "of": "article"})", "article", published_states},
    {"article|news|news article|page|blog|guide|press release|content|story article|wiki page|knowledge article|paper|thesis", Kind::writing, R"({"generator": "title", "of": "article"})", "article", published_states},
    {"message|chat message|email|mail|chat|conversation|sms|direct message", Kind::writing, R"({"generator": "text", "about": "email_subject"})", "message", "read 72|delivered 20|sent 8"},
    {"note|memo|annotation|journal entry|diary", Kind::writing, R"({"generator": "title", "of": "meeting"})", "note", {}},
    {"report|newsletter", Kind::writing, R"({"generator": "title", "of": "report"})", "summary", published_states},
    {"alert|alarm|sensor alert|device alert|incident alert", Kind::record, {}, "alert", "resolved 78|open 14|acknowledged 8"},
    {"announcement|notification|reminder", Kind::writing, R"({"generator": "text", "about": "email_subject"})", "message", "read 66|unread 34"},
    // machine records
    {"log|audit log|access log|activity log|event log|audit|audit trail|history|change log|system log|error log|login attempt|api log|search history|status history|price history|order history|salary history|job history", Kind::record, {}, "log", "success 92|failure 8"},
    {"session|user session|login session|visit session|page view|click|impression|view|event record|web event", Kind::record, {}, "log", "ended 88|active 12"},
    {"measurement|reading|sensor reading|metric|observation|sample|telemetry|weather|score|result|mark|grade|statistic", Kind::record, {}, "log", {}},
    {"like|follow|follower|favorite|bookmark|wishlist|wish|vote|reaction|friendship|share|connection|friend request|subscription channel|wishlist item", Kind::record, {}, "note", "accepted 84|pending 12|declined 4"},
    {"queue|job run|task run|batch|migration|import|export|backup|deployment|build|pipeline", Kind::record, R"({"generator": "title", "of": "feature"})", "log", "succeeded 84|failed 8|running 5|queued 3"},
    // lookups
    {"country|nation|nationality", Kind::lookup, R"({"generator": "vocabulary", "list": "countries"})", "category", {}},
    {"state|province|state province|region state", Kind::lookup, R"({"generator": "vocabulary", "list": "us_states"})", "category", {}},
    {"region|territory|continent|zone", Kind::lookup, R"({"generator": "vocabulary", "list": "continents"})", "category", {}},
    {"currency", Kind::lookup, R"({"generator": "vocabulary", "list": "currencies", "field": "name"})", "category", {}},
    {"language|spoken language|locale", Kind::lookup, R"({"generator": "vocabulary", "list": "languages"})", "category", {}},
    {"category|product category|item category|subcategory|product type|product line|product group|article category|collection", Kind::lookup, R"({"generator": "vocabulary", "list": "product_categories"})", "category", {}},
    {"menu category|dish category|food category|course category|menu section", Kind::lookup, R"({"generator": "vocabulary", "list": "dish_categories"})", "category", {}},
    {"genre|book genre|book category", Kind::lookup, R"({"generator": "vocabulary", "list": "book_genres"})", "category", {}},
    {"movie genre|film genre|film category|movie category", Kind::lookup, R"({"generator": "vocabulary", "list": "movie_genres"})", "category", {}},
    {"music genre", Kind::lookup, R"({"generator": "vocabulary", "list": "music_genres"})", "category", {}},
    {"game genre|game category", Kind::lookup, R"({"generator": "vocabulary", "list": "game_genres"})", "category", {}},
    {"cuisine|cuisine type", Kind::lookup, R"({"generator": "vocabulary", "list": "cuisines"})", "category", {}},
    {"department|division|business unit|team department|section department|unit", Kind::lookup, R"({"generator": "vocabulary", "list": "departments"})", "department", {}},
    {"team|squad|group|crew", Kind::lookup, R"({"generator": "title", "of": "team"})", "department", {}},
    {"role|user role|access level|user type|account role|group role|usergroup|user group", Kind::lookup, R"({"generator": "vocabulary", "list": "roles"})", "category", {}},
    {"permission|privilege|right", Kind::lookup, R"({"generator": "vocabulary", "list": "permissions"})", "category", {}},
    {"job title|designation|occupation|profession|job role|employee title", Kind::lookup, R"({"generator": "vocabulary", "list": "job_titles"})", "job", {}},
    {"skill|competency|expertise|qualification", Kind::lookup, R"({"generator": "vocabulary", "list": "skills"})", "category", {}},
    {"tag|label|keyword|topic tag|hashtag|interest", Kind::lookup, R"({"generator": "vocabulary", "list": "tags"})", "category", {}},
    {"brand|make|vehicle make", Kind::lookup, R"({"generator": "vocabulary", "list": "brands"})", "company", {}},
    {"color", Kind::lookup, R"({"generator": "vocabulary", "list": "colors"})", "category", {}},
    {"size", Kind::lookup, R"({"generator": "vocabulary", "list": "sizes"})", "category", {}},
    {"gender|sex", Kind::lookup, R"({"generator": "choice", "values": ["Female", "Male", "Non-binary", "Other"]})", "category", {}},
    {"payment method|payment type|payment mode", Kind::lookup, R"({"generator": "vocabulary", "list": "payment_methods"})", "category", {}},
    {"shipping method|delivery method|shipping type|ship mode", Kind::lookup, R"({"generator": "vocabulary", "list": "shipping_methods"})", "category", {}},
    {"status|order status|state type|order state|status type|status code", Kind::lookup, R"({"generator": "vocabulary", "list": "order_statuses"})", "category", {}},
    {"room type|room category", Kind::lookup, R"({"generator": "vocabulary", "list": "room_types"})", "property", {}},
    {"property type", Kind::lookup, R"({"generator": "vocabulary", "list": "property_types"})", "property", {}},
    {"amenity|facility type|feature", Kind::lookup, R"({"generator": "vocabulary", "list": "amenities"})", "property", {}},
    {"specialty|specialization|speciality|medical specialty", Kind::lookup, R"({"generator": "vocabulary", "list": "medical_specialties"})", "category", {}},
    {"disease|condition|illness|ailment", Kind::lookup, R"({"generator": "vocabulary", "list": "diagnoses"})", "diagnosis", {}},
    {"allergy", Kind::lookup, R"({"generator": "vocabulary", "list": "allergies"})", "diagnosis", {}},
    {"symptom", Kind::lookup, R"({"generator": "vocabulary", "list": "symptoms"})", "diagnosis", {}},
    {"industry|sector", Kind::lookup, R"({"generator": "vocabulary", "list": "industries"})", "company", {}},
    {"sport", Kind::lookup, R"({"generator": "vocabulary", "list": "sports"})", "category", {}},
    {"major|degree|program degree|field study|programme|degree program|academic program", Kind::lookup, R"({"generator": "vocabulary", "list": "fields_of_study"})", "course", {}},
    {"academic subject|school subject", Kind::lookup, R"({"generator": "vocabulary", "list": "academic_subjects"})", "course", {}},
    {"expense category|expense type", Kind::lookup, R"({"generator": "vocabulary", "list": "expense_categories"})", "category", {}},
    {"account type", Kind::lookup, R"({"generator": "vocabulary", "list": "account_types"})", "category", {}},
    {"transaction type", Kind::lookup, R"({"generator": "vocabulary", "list": "transaction_types"})", "category", {}},
    {"leave type|absence type", Kind::lookup, R"({"generator": "vocabulary", "list": "leave_types"})", "category", {}},
    {"event type", Kind::lookup, R"({"generator": "vocabulary", "list": "event_types"})", "category", {}},
    {"document type|file type", Kind::lookup, R"({"generator": "vocabulary", "list": "document_types"})", "category", {}},
    {"vehicle type|car type|vehicle category|vehicle class", Kind::lookup, R"({"generator": "vocabulary", "list": "vehicle_types"})", "vehicle", {}},
    {"media type|format|media format", Kind::lookup, R"({"generator": "vocabulary", "list": "media_formats"})", "category", {}},
    {"species|animal type|animal species", Kind::lookup, R"({"generator": "vocabulary", "list": "species"})", "category", {}},
    {"breed|dog breed", Kind::lookup, R"({"generator": "vocabulary", "list": "dog_breeds"})", "category", {}},
    {"priority|urgency", Kind::lookup, R"({"generator": "vocabulary", "list": "priorities"})", "category", {}},
    {"severity", Kind::lookup, R"({"generator": "vocabulary", "list": "severities"})", "category", {}},
    {"crop|crop type", Kind::lookup, R"({"generator": "vocabulary", "list": "crops"})", "category", {}},
    {"building material|construction material", Kind::lookup, R"({"generator": "vocabulary", "list": "building_materials"})", "category", {}},
    {"political party", Kind::lookup, R"({"generator": "vocabulary", "list": "parties"})", "category", {}},
    {"material|fabric", Kind::lookup, R"({"generator": "vocabulary", "list": "materials"})", "category", {}},
    {"unit measure|measurement unit|uom", Kind::lookup, R"({"generator": "vocabulary", "list": "units"})", "category", {}},
    {"membership type|membership level|loyalty tier|loyalty level|customer type|customer group", Kind::lookup, R"({"generator": "vocabulary", "list": "membership_levels"})", "category", {}},
    {"certification|certificate", Kind::lookup, R"({"generator": "vocabulary", "list": "certifications"})", "category", {}},
    {"holiday", Kind::lookup, R"({"generator": "vocabulary", "list": "holidays"})", "event", {}},
    {"award|prize|achievement|badge", Kind::lookup, R"({"generator": "vocabulary", "list": "awards"})", "category", {}},
    {"hobby", Kind::lookup, R"({"generator": "vocabulary", "list": "hobbies"})", "category", {}},
    {"religion", Kind::lookup, R"({"generator": "vocabulary", "list": "religions"})", "category", {}},
    {"race person|ethnicity", Kind::lookup, R"({"generator": "vocabulary", "list": "ethnicities"})", "category", {}},
    {"type|kind|class type|group type", Kind::lookup, R"({"generator": "vocabulary", "list": "tags"})", "category", {}},
    {"setting|configuration|preference|option|parameter|metadata", Kind::lookup, R"({"generator": "vocabulary", "list": "feature_names"})", "category", {}},
    {"domain|website|host|zone record|url", Kind::thing, R"({"generator": "internet", "field": "domain"})", "company", member_states},
    {"attribute|power|superpower|ability|trait", Kind::lookup, R"({"generator": "vocabulary", "list": "skills"})", "category", {}},
};

struct Indexed {
    Words words;
    const Entity* entity = nullptr;
};

const std::vector<Indexed>& index() {
    static const std::vector<Indexed> made = [] {
        std::vector<Indexed> all;
        for (const Entity& entity : entities) {
            for (const std::string_view alternative : split(entity.words, '|')) {
                Indexed each{{}, &entity};
                for (const std::string_view word : split(alternative, ' ')) each.words.emplace_back(word);
                all.push_back(std::move(each));
            }
        }
        return all;
    }();
    return made;
}

}  // namespace

const Entity* find_entity(std::span<const std::string> words) {
    const Indexed* best = nullptr;
    for (const Indexed& each : index()) {
        if (ends_with(words, each.words) && (best == nullptr || each.words.size() > best->words.size())) best = &each;
    }
    return best == nullptr ? nullptr : best->entity;
}

const Entity& entity_of(std::span<const std::string> table_words) {
    static const Entity unknown;
    const Entity* found = find_entity(table_words);
    return found != nullptr ? *found : unknown;
}

}  // namespace confab::planner
